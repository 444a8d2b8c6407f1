using System.Globalization;
using System.Text.RegularExpressions;
using Navi.Functions.Http;
using Navi.Platform.Security.Redaction;
using Navi.Platform.Telemetry.Events;

namespace Navi.Functions.Telemetry;

/// <summary>Checks a batch event by event and takes out of it what must not be kept. The first thing that is wrong ends the request and is named by its place.</summary>
internal sealed partial class TelemetryReader(TimeProvider time)
{
    public const int MostEvents = 100;

    private const int LongestDuration = 7 * 24 * 3600 * 1000;
    private static readonly string[] Types = ["command", "page", "action", "performance", "error"];
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(7);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <exception cref="ProblemException">Something is wrong (422).</exception>
    public IReadOnlyList<NewTelemetryEvent> Read(TelemetryBody body)
    {
        if (body.Events is not { Count: > 0 and <= MostEvents } given)
            throw Invalid("events", $"The batch has {body.Events?.Count ?? 0} events.", $"Send 1 to {MostEvents}.");
        var ids = new HashSet<Guid>();
        var events = given.Select((e, i) => Read(e ?? throw Invalid($"events[{i}]", "The event is null.", "Send an object."), $"events[{i}].")).ToList();
        for (var i = 0; i < events.Count; i++)
        {
            if (!ids.Add(events[i].EventId))
                throw Invalid($"events[{i}].id", $"'{events[i].EventId}' is there twice.", "Give each event an id of its own.");
        }
        return events;
    }

    private NewTelemetryEvent Read(TelemetryEventBody e, string at)
    {
        var type = OneOf(e.Type, Types, at + "type");
        if ((type == "error") != (e.Error is not null))
            throw Invalid(at + "error", type == "error" ? "An event of type error has no error." : $"An event of type {type} has an error.", "error is there only and always when the type is error.");
        if (e.Data is { } data && TelemetryData.Refusal(data) is { } refusal)
            throw Invalid(at + "data", refusal.Title, refusal.Detail);
        if (e.DurationMs is < 0 or > LongestDuration)
            throw Invalid(at + "duration_ms", $"{e.DurationMs} is no duration.", $"Milliseconds from 0 to {LongestDuration}.");
        return new NewTelemetryEvent(
            Guid.TryParse(e.Id, out var id) ? id : throw Invalid(at + "id", $"'{Problem.Shown(e.Id ?? "")}' is no id.", "A UUID, such as 0199f1c2-8a10-7c44-8d52-1f0f5be07f10."),
            Moment(e.OccurredAt, at + "occurred_at"), type, e.Category is null ? "general" : Word(e.Category, at + "category"), Word(e.Name, at + "name"), TelemetryData.Clean(e.Data ?? []),
            e.SessionId is null ? null : Word(e.SessionId, at + "session_id"), OneOf(e.Source, TelemetrySources.All, at + "source"), e.SourceVersion is null ? null : Word(e.SourceVersion, at + "source_version"), e.DurationMs,
            e.Error is null ? null : Word(e.Error.Type, at + "error.type"), e.Error is null ? null : Text(e.Error.Message, 2_000, at + "error.message"),
            e.Error?.Stack is null ? null : Text(e.Error.Stack, 8_000, at + "error.stack"));
    }

    private DateTime? Moment(string? text, string field)
    {
        if (text is null)
            return null;
        var now = time.GetUtcNow().UtcDateTime;
        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) && moment > now - Oldest && moment < now + Ahead
            ? moment
            : throw Invalid(field, $"'{Problem.Shown(text)}' is no moment of the last seven days.", "An ISO 8601 time, such as 2026-01-31T08:00:00Z; leave it out when the client has no clock.");
    }

    private static string OneOf(string? value, IReadOnlyList<string> values, string field) =>
        value is not null && values.Contains(value) ? value : throw Invalid(field, $"'{Problem.Shown(value ?? "")}' is not accepted.", $"One of {string.Join(", ", values)}.");

    private static string Word(string? value, string field)
    {
        if (value is null || !Words().IsMatch(value))
            throw Invalid(field, $"'{Problem.Shown(value ?? "")}' is not accepted.", "1 to 100 letters, digits and '. _ - : / + `'.");
        // The alphabet of words is also that of tokens.
        return Redactor.Clean(value);
    }

    private static string Text(string? value, int longest, string field)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > longest)
            throw Invalid(field, $"It has {value?.Length ?? 0} characters.", $"1 to {longest} are accepted.");
        return value.Contains('\0', StringComparison.Ordinal) ? throw Invalid(field, "The text has a NUL character.", null) : Redactor.Reduce(value);
    }

    private static ProblemException Invalid(string field, string title, string? detail) => new(Problem.Invalid(field, title, detail));

    [GeneratedRegex(@"\A[A-Za-z0-9._:/+`-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
