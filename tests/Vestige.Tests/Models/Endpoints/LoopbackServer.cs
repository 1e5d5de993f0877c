using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Vestige.Tests.Models.Endpoints;

/// <summary>What a test's server answers.</summary>
internal sealed record Reply(int Status, string Body, string Headers = "");

/// <summary>A small HTTP server on the loopback address, one connection at a time.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private volatile bool _stopped;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, JsonElement, Reply> _answer;
    private readonly Lock _gate = new();
    private readonly List<string> _bodies = [];

    internal LoopbackServer(Func<string, JsonElement, Reply> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        new Thread(Serve) { IsBackground = true }.Start();
    }

    internal string Url { get; }

    /// <summary>What the last request said of who asks.</summary>
    internal string? Authorization { get; private set; }

    /// <summary>Paths and bodies of all requests.</summary>
    internal IReadOnlyList<string> Bodies
    {
        get
        {
            lock (_gate) return [.. _bodies];
        }
    }

    /// <summary>An address where nobody listens.</summary>
    internal static string Nobody()
    {
        using var server = new LoopbackServer((_, _) => new Reply(200, "{}"));
        return server.Url;
    }

    public void Dispose()
    {
        // The listener itself does not say so: stopped, it has no socket to ask.
        _stopped = true;
        _listener.Stop();
    }

    private void Serve()
    {
        while (true)
        {
            try
            {
                using TcpClient client = _listener.AcceptTcpClient();
                using NetworkStream stream = client.GetStream();
                Answer(stream);
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                if (_stopped) return;
            }
        }
    }

    private void Answer(NetworkStream stream)
    {
        List<byte> head = [];
        byte[] one = new byte[1];
        while (!(head.Count >= 4 && head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray())))
        {
            if (stream.Read(one) == 0) return;
            head.Add(one[0]);
        }
        string[] lines = Encoding.ASCII.GetString([.. head]).Split("\r\n");
        string? Header(string name) => lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
        byte[] body = new byte[int.Parse(Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        stream.ReadExactly(body);
        string path = lines[0].Split(' ')[1], text = Encoding.UTF8.GetString(body);
        lock (_gate)
        {
            Authorization = Header("Authorization");
            _bodies.Add(path + " " + text);
        }
        using var document = JsonDocument.Parse(text);
        Reply reply = _answer(path, document.RootElement);
        byte[] said = Encoding.UTF8.GetBytes(reply.Body);
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {reply.Status} Said\r\nContent-Type: application/json\r\nContent-Length: {said.Length}\r\nConnection: close\r\n{reply.Headers}\r\n"));
        stream.Write(said);
    }
}
