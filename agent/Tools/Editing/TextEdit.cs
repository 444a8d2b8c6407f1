using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

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
        try
        {
            var from = 0;
            if (request.After is { } after && Anchor(text, path, after, out from) is { } error)
                return error;
            if (old.Length == 0)
                return Insert(text, path, added, from);
            var made = Replace(text, path, request, from);
            return made.Text == text ? EditOutcome.Error($"Nothing would change in {path}: it has what new_text says already, and a file's line ends stay as they are.") : made;
        }
        catch (RegexMatchTimeoutException)
        {
            return EditOutcome.Error($"It takes too long to find this text in {path}, since it repeats itself; give less of it.");
        }
    }

    private static EditOutcome Replace(string text, string path, EditRequest request, int from)
    {
        var places = request.WholeLines ? [] : ExactPlaces.Find(text, request.OldText, from, overlapping: !request.ReplaceAll);
        if (places.Count == 0)
            return Tolerant(text, path, request, from);
        if (request.ReplaceAll)
            return Replaced(text, path, request, places);
        // What comes first after the anchor is meant by it.
        if (request is { After: not null, Line: null })
            return Replaced(text, path, request, [places[0]]);
        var (place, problem) = Choose(places, candidate => candidate.Line, path, request);
        return problem is null ? Replaced(text, path, request, [place]) : EditOutcome.Error(problem);
    }

    private static EditOutcome? Anchor(string text, string path, string after, out int from)
    {
        from = 0;
        if (after.Length == 0)
            return EditOutcome.Error("after: got an empty text; expected a text that stands once in the file.");
        var places = ExactPlaces.Find(text, after, 0, overlapping: true);
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
        var at = Math.Min(LinesBefore(text, from), lines.Count);
        lines.Replace(at, 0, TextFile.Lines(added));
        return new(lines.ToString(), string.Create(CultureInfo.InvariantCulture, $"Inserted after line {at} of {path}."));
    }

    private static EditOutcome Replaced(string text, string path, EditRequest request, IReadOnlyList<ExactPlace> places)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var place in places)
        {
            var added = request.NewText;
            // The line end that was asked for is not there, at the end of the text: neither is the new one's.
            if (request.OldText.EndsWith('\n') && added.EndsWith('\n') && (place.Length == 0 || text[place.Start + place.Length - 1] != '\n'))
                added = added[..^(added.EndsWith("\r\n", StringComparison.Ordinal) ? 2 : 1)];
            result.Append(text, at, place.Start - at).Append(ExactPlaces.WithEndsOf(added, text, place));
            at = place.Start + place.Length;
        }

        result.Append(text, at, text.Length - at);
        return new(result.ToString(), $"Replaced {places.Count} occurrence{(places.Count == 1 ? "" : "s")} in {path} at {Lines(places.Count, places.Select(place => place.Line))}.");
    }

    private static EditOutcome Tolerant(string text, string path, EditRequest request, int from)
    {
        var lines = LineText.Of(text);
        var (old, added) = (TextFile.Lines(request.OldText), TextFile.Lines(request.NewText));
        var found = old.All(string.IsNullOrWhiteSpace) ? [] : BlockFinder.Find(lines, old, LinesBefore(text, from), Tolerance.Typography);
        if (found.Count == 0)
            return EditOutcome.Error($"old_text does not occur in {path}{(from > 0 ? " after that" : "")}. {NearestBlock.Describe(lines, old) ?? "None of its lines is there: read the file first."}");
        if (request.ReplaceAll)
            return EditOutcome.Error($"old_text does not occur exactly in {path}, as replace_all needs; it differs from {Lines(found.Count, found.Select(match => match.Start + 1))} in {found[0].Overlooked.Split(';')[0]}.");
        var (match, problem) = Choose(found, candidate => candidate.Start + 1, path, request);
        if (problem is not null)
            return EditOutcome.Error(problem);
        // Lines that the request leaves alone stay as the file has them.
        var head = old.Zip(added).TakeWhile(pair => pair.First == pair.Second).Count();
        var tail = old.Skip(head).Reverse().Zip(added.Skip(head).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        string?[] middle = [.. added[head..^tail].Select(match!.Indents.Apply)];
        if (middle.Contains(null))
            return EditOutcome.Error($"old_text stands in {path} with other indentation, which does not tell how the new lines are to be indented. Write both as the file is. {NearestBlock.Describe(lines, old)}");
        lines.Replace(match.Start + head, match.Count - head - tail, [.. middle.Select(line => line!)]);
        return new(
            lines.ToString(),
            string.Create(CultureInfo.InvariantCulture, $"Replaced lines {match.Start + 1} to {match.Start + match.Count} of {path}{(match.Overlooked.Length == 0 ? "" : ", which differ from old_text in " + match.Overlooked)}."));
    }

    // The line in which an offset lies is looked at only if nothing of it is before the offset.
    private static int LinesBefore(string text, int from) => from == 0 ? 0 : ToolText.LineOf(text, from) - (text[from - 1] == '\n' ? 1 : 0);

    private static (T? Chosen, string? Problem) Choose<T>(IReadOnlyList<T> candidates, Func<T, int> line, string path, EditRequest request)
    {
        if (candidates.Count == 1)
            return (candidates[0], null);
        var where = $"occurs {candidates.Count} times in {path}, at {Lines(candidates.Count, candidates.Select(line))}";
        if (request.Line is not { } wanted)
            return (default, $"old_text {where}; {(request.WholeLines ? "write more lines around it." : "add lines around it, give 'line' or 'after' to name one, or set replace_all.")}");
        var nearest = candidates.GroupBy(candidate => Math.Abs(line(candidate) - wanted)).MinBy(group => group.Key)!.ToList();
        return nearest.Count == 1
            ? (nearest[0], null)
            : (default, line(nearest[0]) == line(nearest[1])
                ? $"old_text {where}, more than once in line {line(nearest[0])}; add what is around it."
                : $"line: {wanted} is as near to line {line(nearest[0])} as to line {line(nearest[1])}; name one of them.");
    }

    private static string Lines(int count, IEnumerable<int> numbers) =>
        $"line{(count == 1 ? "" : "s")} {string.Join(", ", numbers.Take(MostShown))}{(count > MostShown ? ", …" : "")}";
}
