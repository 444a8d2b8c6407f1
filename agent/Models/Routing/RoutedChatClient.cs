using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Navi.Agent.Models.Boundary;
using Navi.Agent.Models.Metering;
using Navi.Platform.Telemetry.Errors;
using Polly.CircuitBreaker;

namespace Navi.Agent.Models.Routing;

/// <summary>Asks the models of a choice in order until one answers.</summary>
internal sealed class RoutedChatClient(ModelChoice choice, IReadOnlyList<ModelRoute> routes, string asked, string mode, ErrorRecorder errors) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (choice.Refusal is { } refusal)
            throw new ModelCallException(ModelFailureKind.NoModel, $"{refusal} {choice.Hint}");
        // Before anything is sent: a call that could not be recorded is not made.
        var call = Calls.ModelCall.From(options);
        var conversation = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var reasons = new List<string> { asked == ModelRouter.Auto && choice.Provider == ModelRouter.Rules ? "no_model_configured" : asked == ModelRouter.Auto ? "first_in_order" : "named" };
        var failures = new List<(ModelRoute Route, ModelCallException Failure)>();
        foreach (var route in routes)
        {
            try
            {
                return await route.Resilience.ExecuteAsync(
                    async cancellation =>
                    {
                        var attempt = new ModelAttempt(mode, asked, [.. reasons]);
                        try
                        {
                            return await AskAsync(route, conversation, options!, attempt, cancellation);
                        }
                        catch (ModelCallException e)
                        {
                            reasons.Add($"retry:{route.Name}:{e.Kind.Code()}");
                            throw;
                        }
                    }, cancellationToken);
            }
            catch (ModelCallException e)
            {
                failures.Add((route, e));
                if (e.Kind.IsFinal())
                    break;
                reasons[^1] = $"failover:{route.Name}:{e.Kind.Code()}";
            }
            catch (BrokenCircuitException e)
            {
                failures.Add((route, new ModelCallException(ModelFailureKind.CircuitOpen, "it failed too often and is left alone for a while.", e) { RetryAfter = e.RetryAfter }));
                reasons.Add($"failover:{route.Name}:{ModelFailureKind.CircuitOpen.Code()}");
            }
        }
        var exhausted = Exhausted(failures);
        if (exhausted.Kind != ModelFailureKind.ContentFilter)
            errors.Record(ErrorReport.Of("models", asked, exhausted) with { Organisation = call.Organisation, User = call.User, Task = call.TaskId, Code = exhausted.Kind.Code() });
        throw exhausted;
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A part that was passed on could not be taken back when the stream breaks: the answer is passed on whole.
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private async Task<ChatResponse> AskAsync(ModelRoute route, IReadOnlyList<ChatMessage> messages, ChatOptions options, ModelAttempt attempt, CancellationToken cancellation)
    {
        // The second lock of private mode, independent of the choice: what is below reaches these addresses or none.
        using var boundary = EndpointBoundary.Enter(route.Allowed(mode));
        var own = options.Clone();
        own.AdditionalProperties![ModelAttempt.Key] = attempt;
        return await route.Client.Value.GetResponseAsync(messages, own, cancellation);
    }

    private static ModelCallException Exhausted(List<(ModelRoute Route, ModelCallException Failure)> failures)
    {
        var told = string.Join("; ", failures.Select(f => $"{f.Route.Name} ({f.Route.Model}): {f.Failure.Message}"));
        // One that may do better later decides that the call as a whole may.
        var hopeful = failures.FirstOrDefault(f => !f.Failure.IsFinal);
        var last = failures[^1].Failure;
        var kind = last.Kind.IsFinal() ? last.Kind : hopeful.Failure?.Kind ?? last.Kind;
        return new ModelCallException(kind, $"No model answered. {told}", last) { RetryAfter = failures.Max(f => f.Failure.RetryAfter) };
    }
}
