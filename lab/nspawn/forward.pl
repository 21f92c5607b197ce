# Asks slirp4netns to forward 127.0.0.1:PORT to port 22 of the machine (its API speaks JSON on a unix socket; slirp4netns(1), "API SOCKET").
# usage: perl forward.pl SOCKET PORT
use strict;
use warnings;
use IO::Socket::UNIX;
my ($path, $port) = @ARGV;
my $socket = IO::Socket::UNIX->new(Type => SOCK_STREAM, Peer => $path) or die "slirp4netns does not answer on $path: $!\n";
print $socket qq({"execute":"add_hostfwd","arguments":{"proto":"tcp","host_addr":"127.0.0.1","host_port":$port,"guest_addr":"10.0.2.100","guest_port":22}});
shutdown($socket, 1);
my $answer = do { local $/; <$socket> } // '';
exit 0 if $answer =~ /"return"/;
die "port $port is not forwarded: $answer\n";
