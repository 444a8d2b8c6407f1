namespace Navi.Agent.Code;

/// <summary>The round, square and curly brackets of a skeleton, paired. One that does not fit closes what it can, so that one error does not spoil the file.</summary>
internal sealed class Brackets
{
    private readonly string text;
    private readonly List<BracketPair> pairs = [];
    private readonly Dictionary<char, int> waiting = new() { ['('] = 0, ['['] = 0, ['{'] = 0 };

    public Brackets(string text)
    {
        this.text = text;
        var open = new Stack<int>();
        for (var i = 0; i < text.Length; i++)
            if (text[i] is '(' or '[' or '{')
            {
                pairs.Add(new(text[i], i, text.Length, open.TryPeek(out var parent) ? parent : -1));
                open.Push(pairs.Count - 1);
                waiting[text[i]]++;
            }
            else if (text[i] is ')' or ']' or '}')
                Close(open, text[i], i);
    }

    /// <summary>The innermost pair around a position; null outside all.</summary>
    public BracketPair? Around(int position)
    {
        var low = 0;
        var high = pairs.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (pairs[middle].Open < position)
                low = middle + 1;
            else
                high = middle;
        }

        var at = low - 1;
        while (at >= 0 && pairs[at].Close < position)
            at = pairs[at].Parent;
        return at < 0 ? null : pairs[at];
    }

    /// <summary>The curly pair that begins between two offsets, brackets of other kinds skipped; null when the definition ends before one.</summary>
    public BracketPair? Body(int from, int until)
    {
        for (var i = from; i < until && i < text.Length; i++)
            switch (text[i])
            {
                case '{':
                    return Around(i + 1);
                case '(' or '[':
                    i = Around(i + 1)!.Close;
                    break;
                case ';' or '}' or ')' or ']':
                    return null;
            }

        return null;
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
