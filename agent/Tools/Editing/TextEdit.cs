using System.Globalization;

namespace Navi.Agent.Tools.Editing;

/// <summary>
/// Replaces a text by another: where it stands exactly, whatever the ends of lines; else where a block of whole lines stands that differs
/// in nothing but blanks, indentation or typographic signs. What can't be decided is said, with what would decide it.
/// </summary>
internal static class TextEdit
{
    private const int MostShown = 10;

    public static EditOutcome Make(string text, string path, EditRequest request)
    {
        var (old, added) = (request.OldText, request.NewText);
        if (old == added)
            return EditOutcome.Error("new_text: is the same as old_text; nothing would change.");
        if (old.Length == 0 && request.After is null)
            return EditOutcome.Error("old_text: got an empty text; expected the text to replace, or 'after' with the line below which to insert. To create a file use write_file.");
        var from = 0;
        if (request.After is { } after)
        {
            if (Anchor(text, path, after, out from) is { } error)
                return error;
            if (old.Length == 0)
                return Insert(text, path, added, from);
        }

        var places = ExactPlaces.Find(text, old, from);
        if (places.Count == 0)
            return Tolerant(text, path, request, from);
        if (request.ReplaceAll)
            return Replaced(text, path, added, places);
        return Choose(places, place => place.Line, path, request) is var (place, problem) && problem is null
            ? Replaced(text, path, added, [place])
            : EditOutcome.Error(problem!);
    }

    private static EditOutcome? Anchor(string text, string path, string after, out int from)
    {
        from = 0;
        if (after.Length == 0)
            return EditOutcome.Error("after: got an empty text; expected a text that stands once in the file.");
        var places = ExactPlaces.Find(text, after, 0);
        if (places.Count == 0)
            return EditOutcome.Error($"after: '{BoundedText.Brief(after)}' does not occur in {path}.");
        if (places.Count > 1)
            return EditOutcome.Error($"after: '{BoundedText.Brief(after)}' occurs {places.Count} times in {path}, at {Lines(places.Count, places.Select(place => place.Line))}; give more of it.");
        from = places[0].Start + places[0].Length;
        return null;
    }

    private static EditOutcome Insert(string text, string path, string added, int from)
    {
        var lines = LineText.Of(text);
        var at = Math.Min(ToolText.LineOf(text, from) - (from > 0 && text[from - 1] == '\n' ? 1 : 0), lines.Count);
        lines.Replace(at, 0, TextFile.Lines(added));
        return new(lines.ToString(), string.Create(CultureInfo.InvariantCulture, $"Inserted after line {at} of {path}."));
    }

    private static EditOutcome Replaced(string text, string path, string added, IReadOnlyList<ExactPlace> places)
    {
        var common = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var result = new System.Text.StringBuilder(text.Length);
        var at = 0;
        foreach (var (start, length, _) in places)
        {
            result.Append(text, at, start - at).Append(ExactPlaces.WithEndsOf(added, text, start, common));
            at = start + length;
        }

        result.Append(text, at, text.Length - at);
        return new(result.ToString(), $"Replaced {places.Count} occurrence{(places.Count == 1 ? "" : "s")} in {path} at {Lines(places.Count, places.Select(place => place.Line))}.");
    }

    private static EditOutcome Tolerant(string text, string path, EditRequest request, int from)
    {
        var lines = LineText.Of(text);
        var first = from == 0 ? 0 : ToolText.LineOf(text, from);
        var (old, added) = (TextFile.Lines(request.OldText), TextFile.Lines(request.NewText));
        var found = old.All(string.IsNullOrWhiteSpace) ? [] : BlockFinder.Find(lines, old, first, Tolerance.Typography);
        if (found.Count == 0)
            return EditOutcome.Error($"old_text does not occur in {path}{(from > 0 ? " after that" : "")}. {NearestBlock.Describe(lines, old) ?? "None of its lines is there: read the file first."}");
        if (request.ReplaceAll)
            return EditOutcome.Error($"old_text does not occur exactly in {path}, as replace_all needs; it differs from {Lines(found.Count, found.Select(match => match.Start + 1))} in {found[0].Overlooked.Split(';')[0]}.");
        var (match, problem) = Choose(found, candidate => candidate.Start + 1, path, request);
        if (problem is not null)
            return EditOutcome.Error(problem);
        lines.Replace(match!.Start, match.Count, [.. added.Select(match.Indents.Apply)]);
        return new(
            lines.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"Replaced lines {match.Start + 1} to {match.Start + match.Count} of {path}, which differ from old_text in {match.Overlooked}."));
    }

    private static (T? Chosen, string? Problem) Choose<T>(IReadOnlyList<T> candidates, Func<T, int> line, string path, EditRequest request)
    {
        if (candidates.Count == 1 || request.After is not null)
            return (candidates[0], null);
        if (request.Line is { } wanted)
        {
            var nearest = candidates.GroupBy(candidate => Math.Abs(line(candidate) - wanted)).MinBy(group => group.Key)!.ToList();
            return nearest.Count == 1
                ? (nearest[0], null)
                : (default, $"line: {wanted} is as near to line {line(nearest[0])} as to line {line(nearest[1])}; name one of them.");
        }

        return (default, $"old_text occurs {candidates.Count} times in {path}, at {Lines(candidates.Count, candidates.Select(line))}; add lines around it, give 'line' or 'after' to name one, or set replace_all.");
    }

    private static string Lines(int count, IEnumerable<int> numbers) =>
        $"line{(count == 1 ? "" : "s")} {string.Join(", ", numbers.Take(MostShown))}{(count > MostShown ? ", …" : "")}";
}
