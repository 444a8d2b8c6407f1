using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Navi.Agent.Models.Secrets;

/// <summary>Asks a provider with the key that is stored at the moment of the call. Another key makes another client; calls under way go on with theirs.</summary>
/// <param name="read">Reads the key.</param>
/// <param name="make">Makes the provider's client with a key.</param>
/// <param name="metadata">What the client tells of itself, before there is a key.</param>
internal sealed class StoredKeyChatClient(Func<CancellationToken, Task<string>> read, Func<string, IChatClient> make, ChatClientMetadata metadata) : IChatClient
{
    private volatile Made? last;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await (await ClientAsync(cancellationToken)).GetResponseAsync(messages, options, cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var client = await ClientAsync(cancellationToken);
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellationToken))
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? metadata : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => last?.Client.Dispose();

    private async Task<IChatClient> ClientAsync(CancellationToken cancellation)
    {
        var key = await read(cancellation);
        if (last is { } made && made.Key == key)
            return made.Client;
        // Two calls may each make one; both clients are good.
        var next = new Made(key, make(key));
        last = next;
        return next.Client;
    }

    private sealed record Made(string Key, IChatClient Client)
    {
        public override string ToString() => nameof(Made);
    }
}
