using System.Runtime.CompilerServices;

// Structs cross to llama.cpp as they are laid out, and bool is a byte: nothing is converted behind the reader's back.
[assembly: DisableRuntimeMarshalling]
