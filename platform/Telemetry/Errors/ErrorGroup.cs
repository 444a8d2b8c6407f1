using System.Text;
using Navi.Platform.Security.Redaction;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>Errors of one signature that wait to be written together.</summary>
internal sealed class ErrorGroup
{
    /// <summary>Most occurrences that are kept as samples.</summary>
    public const int MostSamples = 5;

    /// <summary>User of what nobody asked for.</summary>
    public const string Nobody = "system";

    private const int LongestMessage = 2_000;
    private const int LongestStack = 8_000;
    private const int LongestName = 200;

    private ErrorGroup(ErrorReport report, string organisation, string? stack, string signature)
    {
        Organisation = organisation;
        Signature = signature;
        Type = Stored(report.Type, LongestName);
        Label = report.Label ?? Type;
        Component = Stored(report.Component, LongestName);
        Operation = Stored(report.Operation, LongestName);
        Stack = stack is null ? null : Stored(Redactor.Reduce(stack), LongestStack);
        StackDigest = ErrorDigest.OfStack(stack);
    }

    public string Organisation { get; }
    public string Signature { get; }
    public string Type { get; }
    public string Label { get; }
    public string Component { get; }
    public string Operation { get; }
    public string? Stack { get; }
    public string? StackDigest { get; }
    public string Severity { get; private set; } = ErrorSeverity.Error;
    public string? Code { get; private set; }
    public DateTime FirstSeen { get; private set; } = DateTime.MaxValue;
    public DateTime LastSeen { get; private set; } = DateTime.MinValue;
    public long Occurrences { get; private set; }

    /// <summary>The last ones, newest first.</summary>
    public List<ErrorSample> Samples { get; } = [];

    /// <summary>A group without occurrences, of the kind that the report is.</summary>
    /// <param name="report">The error.</param>
    /// <param name="installation">Organisation of what belongs to nobody's work.</param>
    public static ErrorGroup For(ErrorReport report, string installation)
    {
        var stack = report.Stack ?? (report.Exception is { } e ? Told(e) : null);
        if (string.IsNullOrWhiteSpace(stack))
            stack = null;
        return new ErrorGroup(report, report.Organisation ?? installation, stack, ErrorDigest.Of(report, stack));
    }

    /// <summary>Counts an occurrence.</summary>
    public void Add(DateTimeOffset at, ErrorReport report, string version, long times)
    {
        Occurrences += times;
        (Severity, Code) = (report.Severity, report.Code is null ? null : Stored(report.Code, LongestName));
        Saw(at.UtcDateTime, at.UtcDateTime);
        Keep([new ErrorSample(at.UtcDateTime, Stored(Redactor.Reduce(report.Message), LongestMessage), Stored(report.User ?? Nobody, LongestName), report.Task, report.Request is null ? null : Stored(report.Request, LongestName), version)]);
    }

    /// <summary>Takes in an earlier group of the same signature.</summary>
    public void Add(ErrorGroup earlier)
    {
        Occurrences += earlier.Occurrences;
        Saw(earlier.FirstSeen, earlier.LastSeen);
        Keep(earlier.Samples);
    }

    private void Saw(DateTime first, DateTime last)
    {
        FirstSeen = first < FirstSeen ? first : FirstSeen;
        LastSeen = last > LastSeen ? last : LastSeen;
    }

    private void Keep(List<ErrorSample> more)
    {
        Samples.AddRange(more);
        Samples.Sort((a, b) => b.At.CompareTo(a.At));
        if (Samples.Count > MostSamples)
            Samples.RemoveRange(MostSamples, Samples.Count - MostSamples);
    }

    // Messages are kept by themselves; here only the way counts. An inner exception's way is the way to the cause.
    private static string? Told(Exception exception)
    {
        var text = new StringBuilder();
        for (Exception? e = exception; e is not null; e = e.InnerException)
            text.Append(e == exception ? "" : "--> ").Append(e.GetType().FullName).Append('\n').Append(e.StackTrace is { } trace ? trace + "\n" : "");
        return exception.StackTrace is null && exception.InnerException?.StackTrace is null ? null : text.ToString().TrimEnd();
    }

    // PostgreSQL's text has neither NUL nor halves of surrogate pairs.
    private static string Stored(string text, int longest)
    {
        text = text.Length <= longest ? text : text[..(longest - 1)] + "…";
        return text.Any(c => c == '\0' || char.IsSurrogate(c))
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')))
            : text;
    }
}
