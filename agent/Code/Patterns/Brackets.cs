namespace Navi.Agent.Code;

/// <summary>The round, square and curly brackets of a skeleton, paired. One that does not fit closes what it can, so that one error does not spoil the file.</summary>
internal sealed class Brackets
{
    // Between a type's bracket and the body's.
    private const int LongestGap = 200;

    private readonly string text;
    private readonly List<BracketPair> pairs = [];
    // After each bracket, by offset: the innermost pair that is open then; -1 for none.
    private readonly List<(int At, int Pair)> edges = [];
    private readonly Dictionary<char, int> waiting = new() { ['('] = 0, ['['] = 0, ['{'] = 0 };

    public Brackets(string text)
    {
        this.text = text;
        var open = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
            if (text[i] is '(' or '[' or '{')
            {
                pairs.Add(new(text[i], i, text.Length));
                open.Push(pairs.Count - 1);
                waiting[text[i]]++;
                edges.Add((i, pairs.Count - 1));
            }
            else if (text[i] is ')' or ']' or '}')
            {
                Close(open, text[i], i);
                edges.Add((i, open.TryPeek(out var around) ? around : -1));
            }
    }

    /// <summary>The innermost pair around a position; null outside all.</summary>
    public BracketPair? Around(int position)
    {
        var low = 0;
        var high = edges.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (edges[middle].At < position)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 || edges[low - 1].Pair < 0 ? null : pairs[edges[low - 1].Pair];
    }

    /// <summary>
    /// The curly pair that holds a definition's body; null when the definition ends before one. Brackets of other kinds are skipped, and what
    /// stands in them; a curly pair with another one behind it on its line is a part of a type, as in Go's <c>chan struct{} {</c>.
    /// </summary>
    /// <param name="from">Where the definition's name ends.</param>
    /// <param name="next">The name of the next definition behind an offset: the body begins before it.</param>
    public BracketPair? Body(int from, Func<int, int> next)
    {
        var until = next(from);
        BracketPair? body = null;
        for (var i = from; i < until && i < text.Length; i++)
            switch (text[i])
            {
                case '{':
                    body = Around(i + 1);
                    i = body!.Close;
                    until = Math.Min(next(i), i + LongestGap);
                    break;
                case '(' or '[' when body is null:
                    i = Around(i + 1)!.Close;
                    until = next(i);
                    break;
                case ';' or '}' or ')' or ']' or ',':
                case '\n' when body is not null:
                    if (text[i] != ',' || body is not null)
                        return body;
                    break;
            }

        return body;
    }

    // A closing bracket ends its own kind; opened ones of other kinds in between were never closed.
    private void Close(Stack<int> open, char bracket, int at)
    {
        var kind = bracket == ')' ? '(' : bracket == ']' ? '[' : '{';
        if (waiting[kind] == 0)
            return;
        while (open.TryPop(out var index))
        {
            pairs[index] = pairs[index] with { Close = at };
            waiting[pairs[index].Kind]--;
            if (pairs[index].Kind == kind)
                return;
        }
    }
}
