using Microsoft.Extensions.AI;
using Navi.Agent.Models.Pipeline;
using Navi.Testing;

namespace Navi.Agent.Tests.Models;

public sealed class LimitTests
{
    [Fact]
    public async Task Calls_MoreThanTheLimit_WaitTheirTurn()
    {
        using var model = new Held();
        using var limited = new LimitedChatClient(model, 2);

        var calls = Enumerable.Range(0, 6).Select(_ => limited.GetResponseAsync("hello")).ToList();
        Assert.Equal(2, model.Inside);
        model.Open.SetResult();
        await Task.WhenAll(calls).WaitAsync(Wait.Patience);

        Assert.Equal((6, 2), (model.Calls, model.Most));
    }

    [Fact]
    public async Task Wait_Cancelled_LeavesThePlaceToOthers()
    {
        using var model = new Held();
        using var limited = new LimitedChatClient(model, 1);
        var first = limited.GetResponseAsync("hello");
        using var stop = new CancellationTokenSource();
        var second = limited.GetResponseAsync("hello", cancellationToken: stop.Token);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        model.Open.SetResult();
        await first;
        await limited.GetResponseAsync("hello").WaitAsync(Wait.Patience);

        Assert.Equal(2, model.Calls);
    }

    /// <summary>Holds its callers until it is opened.</summary>
    private sealed class Held : IChatClient
    {
        private readonly Lock sync = new();

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Inside { get; private set; }
        public int Most { get; private set; }
        public int Calls { get; private set; }

        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            lock (sync)
                (Calls, Inside, Most) = (Calls + 1, Inside + 1, Math.Max(Most, Inside + 1));
            await Open.Task;
            lock (sync)
                Inside--;
            return new ChatResponse();
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
