using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Navi.Functions.Http;

/// <summary>Reads the members of a query; what can't be read ends the request with a problem that names it.</summary>
internal sealed class QueryReader(HttpRequest request)
{
    /// <summary>Refuses members that the operation does not have, so that a misspelt filter does not pass for none.</summary>
    /// <exception cref="ProblemException">There is one (422).</exception>
    public void Only(params IReadOnlyList<string> known)
    {
        if (request.Query.Keys.FirstOrDefault(k => !known.Contains(k)) is { } unknown)
            throw Invalid(Problem.Shown(unknown), $"There is no parameter '{Problem.Shown(unknown)}'.", $"Known are {string.Join(", ", known)}.");
    }

    public string? Text(string name)
    {
        var text = request.Query[name].ToString();
        return text.Contains('\0', StringComparison.Ordinal) ? throw Invalid(name, "The text has a NUL character.", null) : text.Length > 0 ? text : null;
    }

    public string? OneOf(string name, IReadOnlyCollection<string> values) => Text(name) is not { } text ? null
        : values.Contains(text) ? text : throw Invalid(name, $"'{Problem.Shown(text)}' is no {name.Replace('_', ' ')}.", $"One of {string.Join(", ", values)}.");

    public int Limit(int usual, int largest) => Text("limit") is not { } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= largest ? limit
        : throw Invalid("limit", $"'{Problem.Shown(text)}' is no page size.", $"A number from 1 to {largest}.");

    public Guid? Cursor() => Cursor<Guid>(text => Guid.TryParse(text, out var cursor) ? cursor : null);

    /// <summary>A cursor that is more than an id.</summary>
    public T? Cursor<T>(Func<string, T?> read)
        where T : struct => Text("cursor") is not { } text ? null : read(text) ?? throw Invalid("cursor", $"'{Problem.Shown(text)}' is no cursor.", "Use the value of 'next' from the page before.");

    public Guid? Id(string name, string what) => Text(name) is not { } text ? null
        : Guid.TryParse(text, out var id) ? id : throw Invalid(name, $"'{Problem.Shown(text)}' is no {what} id.", null);

    /// <summary>A date means its first moment, UTC.</summary>
    public DateTime? Moment(string name) => Text(name) is not { } text ? null
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) && moment.Year is > 1999 and < 9999 ? moment
        : throw Invalid(name, $"'{Problem.Shown(text)}' is no date.", "An ISO 8601 date or time, such as 2026-01-31 or 2026-01-31T08:00:00Z.");

    private static ProblemException Invalid(string field, string title, string? detail) => new(Problem.Invalid(field, title, detail));
}
