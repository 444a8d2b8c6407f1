using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Navi.Functions.Tasks;

/// <summary>Body of POST /v1/tasks/{id}/fork.</summary>
/// <param name="CallId">The call after which the new task begins; null for the last one that has its result.</param>
/// <param name="Task">What the new task is to do; null for the same.</param>
/// <param name="Provider">Model provider; null for the same.</param>
/// <param name="Mode">auto, fast, deep or private; null for the same.</param>
internal sealed record ForkTaskRequest(
    [property: Description("The tool call after which the new task begins, such as 3-1. Left out: the last one that has its result.")] string? CallId = null,
    [property: Description("What the new task is to do, in words. Left out: the same."), StringLength(32_768, MinimumLength = 1)] string? Task = null,
    [property: Description("auto, the name of a configured model, or rules. Left out: the same.")] string? Provider = null,
    [property: Description("Which models may serve the new task. Left out: the same; a private task's fork stays private."), AllowedValues("auto", "fast", "deep", "private")] string? Mode = null);
