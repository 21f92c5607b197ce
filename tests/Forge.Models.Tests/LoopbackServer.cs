using System.Net;
using System.Text;

namespace Forge.Models.Tests;

/// <summary>Answers every request the same way and keeps the last one.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public LoopbackServer(int status, string type, string body)
    {
        var port = Random.Shared.Next(20000, 60000);
        Endpoint = new Uri($"http://127.0.0.1:{port}/v1");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _serving = ServeAsync(status, type, body);
    }

    public Uri Endpoint { get; }

    public string Body { get; private set; } = "";

    public string Authorization { get; private set; } = "";

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync(int status, string type, string body)
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                Body = await new StreamReader(context.Request.InputStream).ReadToEndAsync();
                Authorization = context.Request.Headers["Authorization"] ?? "";
                (context.Response.StatusCode, context.Response.ContentType) = (status, type);
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return; // Stopped by the test.
            }
        }
    }
}
