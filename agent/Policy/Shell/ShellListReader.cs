namespace Navi.Agent.Policy.Shell;

/// <summary>Reads a list of commands up to the end of the text or to the parenthesis that closes it.</summary>
internal sealed class ShellListReader(ShellCursor cursor, ShellFindings findings)
{
    private static readonly string[] Skipped = ["if", "then", "elif", "else", "while", "until", "do", "{", "}", "!", "fi", "done"];
    private static readonly string[] Unsupported = ["case", "select", "coproc", "function"];
    private readonly ShellWordReader words = new(cursor, findings);
    private readonly List<ShellWord> command = [];
    private readonly List<ShellWord> inputs = [];

    public void Read(bool closing)
    {
        while (findings.Opaque is null)
        {
            cursor.SkipBlanks();
            if (cursor.End)
            {
                ReadHereDocuments();
                Finish();
                if (closing)
                    findings.Refuse("a parenthesis is not closed");
                return;
            }
            switch (cursor.Here)
            {
                case '\n':
                    cursor.At++;
                    ReadHereDocuments();
                    Finish();
                    break;
                case '&' when cursor.Look(1) == '>':
                case '<' or '>':
                    ReadRedirection();
                    break;
                case ';' or '&' or '|':
                    cursor.At++;
                    FinishUnlessHereDocument();
                    break;
                case '(':
                    ReadGroup();
                    break;
                case ')':
                    cursor.At++;
                    FinishUnlessHereDocument();
                    if (!closing)
                        findings.Refuse("a parenthesis closes nothing");
                    return;
                case '#':
                    while (!cursor.End && cursor.Here != '\n')
                        cursor.At++;
                    break;
                default:
                    ReadWord();
                    break;
            }
        }
    }

    private void ReadGroup()
    {
        if (command.Count > 0)
            findings.Refuse("it defines a function or an array");
        else
        {
            // Nested subshells for one shell, an arithmetic command for another: both are kept.
            if (cursor.Look(1) == '(')
                findings.Add("let", ShellWord.Anything);
            cursor.At++;
            findings.Nested(() => new ShellListReader(cursor, findings).Read(closing: true));
        }
    }

    private void ReadWord()
    {
        if (SkipDescriptor())
            return;
        var word = words.Read();
        if (findings.Opaque is not null)
            return;
        if (command.Count == 0 && word.Bare)
        {
            if (word.Text is "while" or "until")
                findings.Repeats = true;
            if (Skipped.Contains(word.Text))
                return;
            if (Unsupported.Contains(word.Text))
            {
                findings.Refuse($"it has a {word.Text} clause");
                return;
            }
            if (word.Text == "for")
            {
                ReadFor();
                return;
            }
        }
        command.Add(word);
    }

    // A number directly before < or > is a file descriptor, not an argument.
    private bool SkipDescriptor()
    {
        var digits = 0;
        while (char.IsAsciiDigit(cursor.Look(digits)))
            digits++;
        if (digits == 0 || cursor.Look(digits) is not ('<' or '>'))
            return false;
        cursor.At += digits;
        return true;
    }

    // "for name in words": the words were read for their substitutions, the name takes values that are not known.
    private void ReadFor()
    {
        findings.Repeats = true;
        cursor.SkipBlanks();
        if (cursor.Here is '(' or '\n' or ';' || cursor.End)
        {
            findings.Refuse("it has a for clause that is not understood");
            return;
        }
        var name = words.Read();
        findings.Add("export", new ShellWord(name.Text + "=" + ShellWord.Gap));
        while (findings.Opaque is null)
        {
            cursor.SkipBlanks();
            if (cursor.End || cursor.Here is ';' or '\n')
                return;
            if (cursor.Here is '&' or '|' or '<' or '>' or '(' or ')')
                findings.Refuse("it has a for clause that is not understood");
            else
                words.Read();
        }
    }

    private void ReadRedirection()
    {
        if (cursor.Look(1) == '(')
        {
            command.Add(words.Read());
            return;
        }
        if (cursor.Takes("<<<"))
        {
            if (Target() is { } text)
                inputs.Add(text);
        }
        else if (cursor.Sees("<<"))
            ExpectHereDocument();
        else if (cursor.Takes("<&"))
            Target();
        else if (cursor.Takes(">&"))
        {
            if (Target() is { } target && !(target.Text == "-" || target.Text.TrimEnd('-').All(char.IsAsciiDigit)))
                Touch(">", target);
        }
        else
        {
            var writes = cursor.Takes("&>>") || cursor.Takes("&>") || cursor.Takes(">>") || cursor.Takes(">|") || cursor.Takes("<>") || cursor.Takes(">");
            if (!writes)
                cursor.Takes("<");
            if (Target() is { } target)
                Touch(writes ? ">" : "<", target);
        }
    }

    private void Touch(string how, ShellWord target)
    {
        if (target.Text is not ("/dev/null" or "/dev/stdout" or "/dev/stderr" or "/dev/stdin"))
            findings.Add(how, target);
    }

    private ShellWord? Target()
    {
        cursor.SkipBlanks();
        if (!cursor.End && cursor.Here is not ('\n' or ';' or '&' or '|' or '<' or '>' or '(' or ')'))
            return words.Read();
        findings.Refuse("a redirection has no target");
        return null;
    }

    private void ExpectHereDocument()
    {
        cursor.At += 2;
        var strip = cursor.Takes("-");
        if (Target() is not { } word)
            return;
        if (word.Unknown)
            findings.Refuse("a here-document's delimiter is not plain text");
        cursor.Pending.Enqueue(new HereDocument(word.Text, Literal: !word.Bare, strip, inputs.Add));
    }

    private void ReadHereDocuments()
    {
        while (cursor.Pending.TryDequeue(out var document))
        {
            var from = cursor.At;
            var lines = new List<string>();
            var ended = false;
            while (!cursor.End && !ended)
            {
                var line = cursor.TakeLine();
                line = document.StripTabs ? line.TrimStart('\t') : line;
                ended = line == document.Delimiter;
                if (!ended)
                    lines.Add(line);
            }
            if (!ended && from < cursor.At)
                findings.Refuse("a here-document is not closed");
            var body = string.Join('\n', lines);
            document.Received(document.Literal ? new ShellWord(body) : ShellWordReader.ReadBody(body, findings));
        }
    }

    // The body of a here-document comes after the line's end, and a shell that reads it as a script may stand before "|" or ";":
    // such a line is read with the body unknown.
    private void FinishUnlessHereDocument()
    {
        if (cursor.Pending.Count > 0)
            inputs.Add(ShellWord.Anything);
        Finish();
    }

    private void Finish()
    {
        var i = 0;
        for (; i < command.Count && command[i].Assignment; i++)
            findings.Add("export", command[i] with { Splits = false });
        if (i < command.Count)
            Wrappers.Add(command[i..], [.. inputs], findings);
        command.Clear();
        inputs.Clear();
    }
}
