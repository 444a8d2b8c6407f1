using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Navi.Functions.Http;
using Navi.Orchestrations.Reconciliation;
using Navi.Platform.Data;
using Navi.Platform.Security.Identity;
using Navi.Platform.Tasks;

namespace Navi.Functions.Tasks;

/// <summary>What every way of handing over a task has in common: bounds of its words and of its key, the row first, then the start, and the answer.</summary>
public sealed class TaskIntake(TaskStore tasks, OutboxDispatcher dispatcher)
{
    internal const int LongestPrompt = 32_768;
    internal const int LongestKey = 200;
    private const string KeyHeader = "Idempotency-Key";

    /// <summary>What is wrong with the words or the key; null when both are accepted.</summary>
    internal static IResult? Invalid(string? words, HttpRequest request)
    {
        if (string.IsNullOrWhiteSpace(words))
            return Problem.Invalid("task", "The task is empty.", "Say in words what is to be done, such as: survey this repository.");
        if (words.Length > LongestPrompt)
            return Problem.Invalid("task", $"The task has {words.Length} characters; at most {LongestPrompt} are accepted.", "Put long material into the repository and refer to it by its path.");
        if (words.Contains('\0', StringComparison.Ordinal))
            return Problem.Invalid("task", "The text has a NUL character.");
        if (request.Headers[KeyHeader].Count > 1)
            return Problem.Invalid(KeyHeader, "The header is there more than once.", "Send one key with a request.");
        if (request.Headers[KeyHeader].ToString() is { Length: > LongestKey } key)
            return Problem.Invalid(KeyHeader, $"The key has {key.Length} characters; at most {LongestKey} are accepted.");
        return null;
    }

    /// <summary>The task that this request made before; null when its key is new, or it has none. Asked first: what has changed since then does not matter to it.</summary>
    internal async Task<IResult?> RepeatedAsync(HttpRequest request, Principal principal, string digest)
    {
        if (request.Headers[KeyHeader] is not [{ Length: > 0 } key]
            || await tasks.FindByKeyAsync(Scope.Of(principal.Organisation), principal.User, key, digest, request.HttpContext.RequestAborted) is not { } row)
            return null;
        request.HttpContext.Response.Headers.Location = $"/v1/tasks/{row.Id}";
        return Answer.Json(TaskView.Of(row));
    }

    /// <summary>Creates the task under the request's key and starts it. 201 with the task; 200 when the key was used for the same request; 422 when it was used for another.</summary>
    internal async Task<IResult> AcceptAsync(HttpRequest request, DurableTaskClient client, NewTask task)
    {
        var created = await tasks.CreateAsync(task with { IdempotencyKey = request.Headers[KeyHeader] is [{ Length: > 0 } given] ? given : null }, request.HttpContext.RequestAborted);
        if (created.Task is null)
            return Problem.Invalid(KeyHeader, "The key was used before with another body.", "Use a new key for a new task.");
        await dispatcher.SendAsync(client, created.Outbox, CancellationToken.None);
        request.HttpContext.Response.Headers.Location = $"/v1/tasks/{created.Task.Id}";
        return Answer.Json(TaskView.Of(created.Task), created.IsNew ? 201 : 200);
    }
}
