using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Navi.Cli.Api;

/// <summary>An open stream of a task's events (WHATWG HTML, 9.2).</summary>
internal sealed class EventSource(ApiTransport api, HttpResponseMessage response, Stream body) : IAsyncDisposable
{
    private readonly SseParser<string> parser = SseParser.Create(body);

    /// <summary>How long the server wants to be left alone before the next connection; null when it does not say.</summary>
    public TimeSpan? Reconnection => parser.ReconnectionInterval == Timeout.InfiniteTimeSpan ? null : parser.ReconnectionInterval;

    /// <summary>The events, until the server ends the stream; it may end before the task does.</summary>
    /// <exception cref="UnreachableException">The connection broke.</exception>
    public async IAsyncEnumerable<EventView> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var items = parser.EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (await api.ReachAsync(async () => await items.MoveNextAsync(), cancellation))
        {
            if (items.Current.Data.Length > 0)
                yield return JsonSerializer.Deserialize<EventView>(items.Current.Data, WireJson.Options)!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await body.DisposeAsync();
        response.Dispose();
    }
}
