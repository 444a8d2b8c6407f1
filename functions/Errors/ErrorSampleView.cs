using Navi.Platform.Telemetry.Errors;

namespace Navi.Functions.Errors;

/// <summary>One occurrence of a group.</summary>
internal sealed record ErrorSampleView(DateTime At, string Message, string User, Guid? TaskId, string? RequestId, string Version)
{
    public static ErrorSampleView Of(ErrorSample sample) => new(sample.At, sample.Message, sample.User, sample.Task, sample.Request, sample.Version);
}
