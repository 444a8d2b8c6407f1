using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Agent.Context.Arguments;
using Navi.Agent.Models.Calls;
using Navi.Agent.Models.Metering;
using Navi.Agent.Models.Options;
using Navi.Agent.Models.Routing;
using Navi.Agent.Tools;

namespace Navi.Agent.Models.Pipeline;

/// <summary>
/// Reads a provider's answer as a stream and returns it whole, so that a provider that falls silent is noticed soon and an answer that was cut is never taken for a finished one.
/// A provider inside this process is asked without a stream.
/// </summary>
internal sealed class AnswerReader(IChatClient provider, ModelEntry? entry, TimeProvider time) : DelegatingChatClient(provider)
{
    private static readonly string[] OwnKeys = [ModelCallKeys.Task, ModelCallKeys.Organisation, ModelCallKeys.User, ModelCallKeys.Turn, ModelCallKeys.Phase, ModelAttempt.Key, SettledAttempt.LogKey];

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var attempt = ModelAttempt.Of(options);
        var theirs = options!.Clone();
        foreach (var key in OwnKeys)
            theirs.AdditionalProperties!.Remove(key);
        if (entry is null)
        {
            var whole = await base.GetResponseAsync(messages, theirs, cancellationToken);
            attempt.Usage = whole.Usage;
            return whole;
        }
        theirs.MaxOutputTokens = Math.Min(theirs.MaxOutputTokens ?? entry.MaxOutputTokens, entry.MaxOutputTokens);
        var answer = await ReadAsync(messages, theirs, attempt, entry, cancellationToken);
        return Finished(answer);
    }

    private async Task<ChatResponse> ReadAsync(IEnumerable<ChatMessage> messages, ChatOptions options, ModelAttempt attempt, ModelEntry limits, CancellationToken cancellation)
    {
        using var patience = new Patience(limits, time, cancellation);
        var began = time.GetTimestamp();
        var updates = new List<ChatResponseUpdate>();
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, patience.Token))
            {
                var isContent = StreamedContent.IsIn(update);
                patience.Heard(isContent);
                if (attempt.FirstToken is null && isContent)
                    attempt.FirstToken = (long)time.GetElapsedTime(began).TotalMilliseconds;
                foreach (var usage in update.Contents.OfType<UsageContent>())
                    (attempt.Usage ??= new UsageDetails()).Add(usage.Details);
                updates.Add(update);
            }
        }
        catch (OperationCanceledException e) when (patience.Expired is { } kind && !cancellation.IsCancellationRequested)
        {
            throw new ModelCallException(kind, patience.Sentence(kind), e);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw Translated(e);
        }
        var answer = updates.ToChatResponse();
        RawArguments.Keep(updates, answer);
        return answer;
    }

    private static ChatResponse Finished(ChatResponse answer)
    {
        if (answer.FinishReason is null)
            throw new ModelCallException(ModelFailureKind.CutStream, "the answer ended before the model had finished it.");
        if (answer.FinishReason == ChatFinishReason.ContentFilter || answer.FinishReason?.Value == "refusal")
            throw new ModelCallException(ModelFailureKind.ContentFilter, answer.Text.Length == 0 ? "the provider's content filter refused the answer." : $"the provider's content filter refused the answer: {BoundedText.Cut(answer.Text, 1_000)}");
        return answer;
    }

    // Clients wrap what the HTTP layer threw; what they throw themselves is about an answer they could not read.
    private static ModelCallException Translated(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is ModelCallException known)
                return known;
        }
        return e switch
        {
            IOException or HttpRequestException => new ModelCallException(ModelFailureKind.CutStream, $"the connection broke in the middle of the answer: {e.Message}", e),
            JsonException => new ModelCallException(ModelFailureKind.Malformed, "the answer is not what its protocol says.", e),
            _ => new ModelCallException(ModelFailureKind.Malformed, $"the answer could not be read ({e.GetType().Name}).", e),
        };
    }
}
