using Microsoft.Extensions.AI;

namespace Navi.Agent.Models.Pipeline;

/// <summary>Lets so many calls of this process pass at once; the others wait their turn, in no record yet.</summary>
internal sealed class LimitedChatClient(IChatClient inner, int most) : DelegatingChatClient(inner)
{
    private readonly SemaphoreSlim free = new(most, most);

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await free.WaitAsync(cancellationToken);
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        finally
        {
            free.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        free.Dispose();
        base.Dispose(disposing);
    }
}
