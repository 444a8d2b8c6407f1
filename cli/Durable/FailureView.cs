using Microsoft.DurableTask;

namespace Navi.Cli.Durable;

/// <summary>A failure as --json prints it.</summary>
internal sealed record FailureView(string Type, string Message, string? Stack, FailureView? Inner)
{
    public static FailureView? Of(TaskFailureDetails? details) =>
        details is null ? null : new FailureView(details.ErrorType, details.ErrorMessage, details.StackTrace, Of(details.InnerFailure));
}
