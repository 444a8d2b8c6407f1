using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Tasks;

/// <summary>Body of POST /v1/tasks.</summary>
/// <param name="Repository">Absolute path (Local environment) or http(s) URL of a git repository.</param>
/// <param name="Task">What to do, in words.</param>
/// <param name="Provider">Model provider: auto, the name of a configured model, or rules; null for the configured one.</param>
/// <param name="Mode">auto, fast, deep or private.</param>
/// <param name="PreApprove">The caller approves every gate in advance; Local environment only.</param>
internal sealed record CreateTaskRequest(
    [property: RequiredMember, Description("Absolute path (Local environment) or http(s) URL of a git repository.")] string? Repository,
    [property: RequiredMember, Description("What to do, in words."), StringLength(32_768, MinimumLength = 1)] string? Task,
    [property: Description("auto, the name of a configured model, or rules.")] string? Provider = null,
    [property: Description("Which models may serve the task; private: only those marked so."), AllowedValues("auto", "fast", "deep", "private")] string? Mode = null,
    [property: Description("The caller approves every gate in advance; Local environment only.")] bool PreApprove = false);
