using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Navi.Agent.Rules;

/// <summary>A chat client without a model: it understands a documented family of tasks and answers with the tool calls that do them, deterministically.</summary>
internal sealed class RulesChatClient : IChatClient
{
    /// <summary>The provider's and the model's name.</summary>
    public const string ModelId = "rules";

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = RulePlan.Next(RuleConversation.Read(messages));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [call]))
        {
            ModelId = ModelId,
            FinishReason = ChatFinishReason.ToolCalls,
            Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(ModelId, providerUri: null, ModelId)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }
}
