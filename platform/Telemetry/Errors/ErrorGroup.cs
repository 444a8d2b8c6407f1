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

    // Labels of a metric must be few.
    private const string ClientLabel = "client";

    private const int LongestMessage = 2_000;
    private const int LongestStack = 8_000;
    private const int LongestName = 200;

    private ErrorGroup(ErrorReport report, string? stack, string signature)
    {
        (Organisation, Task, FromClient, Severity) = (report.Organisation, report.Task, report.FromClient, report.Severity);
        Signature = signature;
        Type = Stored(report.Type, LongestName);
        Label = FromClient ? ClientLabel : Type;
        Component = Stored(report.Component, LongestName);
        Operation = Stored(report.Operation, LongestName);
        Stack = stack is null ? null : Stored(Redactor.Reduce(stack), LongestStack);
        StackDigest = ErrorDigest.OfStack(stack);
    }

    /// <summary>Whose work it was; null until the task's owner is known.</summary>
    public string? Organisation { get; private set; }

    /// <summary>What makes it the same as another. As long as nobody knows whose it is, it is the same only within its task.</summary>
    public (string? Organisation, Guid? Task, string Signature) Key => (Organisation, Organisation is null ? Task : null, Signature);

    /// <summary>Whose room it waits in: that of an organisation's clients, or that of NAVI's own errors, which is nobody's.</summary>
    public string Room => FromClient ? Organisation! : "";

    public bool FromClient { get; }
    public string Signature { get; }
    public string Type { get; }
    public string Label { get; }
    public string Component { get; }
    public string Operation { get; }
    public string? Stack { get; }
    public string? StackDigest { get; }
    public string Severity { get; private set; }
    public string? Code { get; private set; }
    public DateTime FirstSeen { get; private set; }
    public DateTime LastSeen { get; private set; }
    public long Occurrences { get; private set; }

    /// <summary>The last ones, newest first.</summary>
    public List<ErrorSample> Samples { get; } = [];

    /// <summary>Tasks whose owner has to be known before the group can be written.</summary>
    public IEnumerable<Guid> TasksOfNobody => Samples.Where(s => s.User == Nobody && s.Task is not null).Select(s => s.Task!.Value).Concat(Organisation is null && Task is { } task ? [task] : []);

    private Guid? Task { get; }

    /// <summary>The group of one error.</summary>
    /// <param name="at">When it happened.</param>
    /// <param name="report">The error.</param>
    /// <param name="version">NAVI's version.</param>
    /// <param name="times">How often it happened.</param>
    public static ErrorGroup Of(DateTimeOffset at, ErrorReport report, string version, long times)
    {
        var stack = report.Stack ?? (report.Exception is { } e ? Told(e) : null);
        if (string.IsNullOrWhiteSpace(stack))
            stack = null;
        return new ErrorGroup(report, stack, ErrorDigest.Of(report, stack))
        {
            Code = report.Code is null ? null : Stored(report.Code, LongestName), FirstSeen = at.UtcDateTime, LastSeen = at.UtcDateTime, Occurrences = times,
            Samples =
            {
                new ErrorSample(
                    at.UtcDateTime, Stored(Redactor.Reduce(report.Message), LongestMessage), Stored(report.User ?? Nobody, LongestName), report.Task, report.Request is null ? null : Stored(report.Request, LongestName), version),
            },
        };
    }

    /// <summary>Takes in another group of the same key.</summary>
    public ErrorGroup Add(ErrorGroup other)
    {
        Occurrences += other.Occurrences;
        if (other.LastSeen >= LastSeen)
            (Severity, Code) = (other.Severity, other.Code);
        FirstSeen = other.FirstSeen < FirstSeen ? other.FirstSeen : FirstSeen;
        LastSeen = other.LastSeen > LastSeen ? other.LastSeen : LastSeen;
        Samples.AddRange(other.Samples);
        Samples.Sort((a, b) => b.At.CompareTo(a.At));
        if (Samples.Count > MostSamples)
            Samples.RemoveRange(MostSamples, Samples.Count - MostSamples);
        return this;
    }

    /// <summary>Gives the group to whose task it was, or else to the installation, and names who asked for the tasks.</summary>
    /// <param name="owners">Owners of tasks; one that is missing is no task.</param>
    /// <param name="installation">Organisation of what belongs to nobody's work.</param>
    public void Belong(IReadOnlyDictionary<Guid, (string Organisation, string User)> owners, string installation)
    {
        Organisation ??= Task is { } task && owners.TryGetValue(task, out var owner) ? owner.Organisation : installation;
        for (var i = 0; i < Samples.Count; i++)
        {
            // Nobody's name goes to an organisation that is not theirs.
            if (Samples[i] is { User: Nobody, Task: { } of } && owners.TryGetValue(of, out var asked) && asked.Organisation == Organisation)
                Samples[i] = Samples[i] with { User = asked.User };
        }
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
