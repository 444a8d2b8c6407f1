using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Navi.Agent.Tools.Data;

/// <summary>What is wrong with a YAML text, read event by event: nothing is expanded, so aliases can't grow.</summary>
/// <param name="Documents">How many began.</param>
/// <param name="Problems">By line; reading ends at the first error of syntax.</param>
internal sealed record YamlCheck(int Documents, IReadOnlyList<(long Line, long Column, string Text)> Problems)
{
    // The parser looks at every open collection for every word.
    private const int Deepest = 200;
    private const int Most = 100;

    public static YamlCheck Of(string text, CancellationToken cancellationToken)
    {
        var problems = new List<(long, long, string)>();
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        // Per open collection: its keys when it is a mapping, and whether a key comes next.
        var open = new Stack<(HashSet<string>? Keys, bool Key)>();
        var documents = 0;
        var last = Mark.Empty;
        try
        {
            var parser = new Parser(new StringReader(text));
            while (parser.MoveNext())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (problems.Count >= Most)
                    return new(documents, [.. problems, (parser.Current!.Start.Line, parser.Current.Start.Column, "the rest was not read")]);
                last = parser.Current!.End;
                if (parser.Current is NodeEvent { Anchor.IsEmpty: false } anchored)
                    anchors.Add(anchored.Anchor.Value);
                switch (parser.Current)
                {
                    case DocumentStart:
                        documents++;
                        anchors.Clear();
                        break;
                    case AnchorAlias alias:
                        if (!anchors.Contains(alias.Value.Value))
                            problems.Add((alias.Start.Line, alias.Start.Column, $"no anchor is named '{BoundedText.Brief(alias.Value.Value)}'"));
                        Turn(null, alias.Start);
                        break;
                    case Scalar scalar:
                        Turn(scalar.Value, scalar.Start);
                        break;
                    case MappingStart or SequenceStart:
                        Turn(null, parser.Current.Start);
                        open.Push(parser.Current is MappingStart ? (new(StringComparer.Ordinal), true) : (null, false));
                        if (open.Count > Deepest)
                            return new(documents, [.. problems, (last.Line, last.Column, $"more than {Deepest} collections are inside each other; the rest was not read")]);
                        break;
                    case MappingEnd or SequenceEnd:
                        open.Pop();
                        break;
                }
            }
        }
        catch (YamlException e)
        {
            problems.Add((e.Start.Line, e.Start.Column, BoundedText.Brief(e.Message)));
        }

        catch (InvalidOperationException)
        {
            // The parser's own answer to some collections that end nowhere.
            problems.Add((last.Line, last.Column, "a collection that begins before this place does not end"));
        }

        return new(documents, [.. problems]);

        void Turn(string? key, Mark at)
        {
            if (!open.TryPop(out var mapping))
                return;
            if (mapping is { Keys: { } keys, Key: true } && key is not null and not "<<" && !keys.Add(key))
                problems.Add((at.Line, at.Column, $"the key '{BoundedText.Brief(key)}' stands twice"));
            open.Push(mapping with { Key = !mapping.Key });
        }
    }
}
