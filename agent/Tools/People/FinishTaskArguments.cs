using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Navi.Agent.Tools.People;

/// <summary>The agent's own account of the end.</summary>
internal sealed record FinishTaskArguments(
    [Description("done, refused (the task is not one that can be done) or failed."), AllowedValues("done", "refused", "failed")] string Status,
    [Description("What was done, or why not, for the person who gave the task.")] string Summary,
    [Description("The report that the task asked for, relative to the workspace.")] string? ReportPath = null,
    [Description("What was done, in one word such as survey, change or report.")] string? Kind = null);
