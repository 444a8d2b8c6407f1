using Microsoft.Extensions.AI;
using Navi.Agent.Models.Calls;
using Navi.Agent.Models.Routing;

namespace Navi.Agent.Models.Metering;

/// <summary>Records the attempt before it is made and after it has ended, however it ended.</summary>
internal sealed class MeteredChatClient(IChatClient inner, ModelRoute route, LlmMetrics metrics, TimeProvider time) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var attempt = ModelAttempt.Of(options);
        var row = await metrics.StartAsync(ModelCall.From(options), route, attempt, cancellationToken);
        var began = time.GetTimestamp();
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception e)
        {
            var cancelled = e is OperationCanceledException && cancellationToken.IsCancellationRequested;
            await SettleAsync(cancelled ? "cancelled" : "failed", cancelled ? "cancelled" : (e as ModelCallException)?.Kind.Code() ?? e.GetType().Name);
            throw;
        }
        await SettleAsync("ok", null);
        return response;

        async Task SettleAsync(string status, string? error)
        {
            var latency = time.GetElapsedTime(began);
            await metrics.SettleAsync(row, status, error, attempt, latency);
            if (options!.AdditionalProperties!.TryGetValue(SettledAttempt.LogKey, out var log))
                ((List<SettledAttempt>)log!).Add(new SettledAttempt((long)latency.TotalMilliseconds, attempt.FirstToken, Spending.Of(attempt.Usage, route.Price)));
        }
    }
}
