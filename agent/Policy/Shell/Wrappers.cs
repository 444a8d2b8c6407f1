namespace Navi.Agent.Policy.Shell;

/// <summary>Programs that run the command, or the line, in their arguments. Each is found together with what it runs.</summary>
internal static class Wrappers
{
    private static readonly Dictionary<string, WrapperOptions> Known = new()
    {
        ["env"] = new(["-", "-i", "-0", "-v", "--ignore-environment", "--null", "--debug"], ["-u", "-C", "--unset", "--chdir"], Assignments: true),
        ["nohup"] = new([], []),
        ["setsid"] = new(["-c", "-f", "-w", "--ctty", "--fork", "--wait"], []),
        ["timeout"] = new(["-v", "-p", "-f", "--foreground", "--preserve-status", "--verbose"], ["-k", "-s", "--kill-after", "--signal"], Positionals: 1),
        ["time"] = new(["-p", "-v", "--portability", "--verbose"], [], Assignments: true),
        ["nice"] = new([], ["-n", "--adjustment"]),
        ["ionice"] = new(["-t", "--ignore"], ["-c", "-n", "--class", "--classdata"]),
        ["stdbuf"] = new([], ["-i", "-o", "-e", "--input", "--output", "--error"]),
        ["command"] = new(["-p"], []),
        ["builtin"] = new([], []),
        ["exec"] = new(["-c", "-l", "-cl"], ["-a"]),
        ["busybox"] = new([], []),
        ["doas"] = new(["-n"], ["-u"]),
        ["sudo"] = new(["-n", "-E", "-H", "-S", "-k", "-b", "--non-interactive", "--preserve-env"], ["-u", "-g", "-p", "-C", "--user", "--group"], Assignments: true),
        ["xargs"] = new(
            ["-0", "-r", "-t", "-x", "--null", "--no-run-if-empty", "--verbose", "--exit"],
            ["-n", "-L", "-P", "-s", "-d", "-E", "-I", "-a", "--max-args", "--max-lines", "--max-procs", "--max-chars", "--delimiter", "--arg-file"]),
    };

    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "ksh", "zsh"];
    private static readonly string[] ShellFlags = ["--login", "--norc", "--noprofile", "--posix"];
    private static readonly string[] FindRuns = ["-exec", "-execdir", "-ok", "-okdir"];

    /// <summary>Adds a simple command and whatever it runs.</summary>
    /// <param name="words">Program and arguments.</param>
    /// <param name="inputs">Here-documents and here-strings that it reads.</param>
    /// <param name="findings">Where to.</param>
    public static void Add(IReadOnlyList<ShellWord> words, IReadOnlyList<ShellWord> inputs, ShellFindings findings)
    {
        if (words[0].Unknown)
        {
            findings.Refuse("the name of a program is known only when it runs");
            return;
        }
        var program = ShellCommand.NameOf(words[0].Text);
        findings.Nested(() =>
        {
            if (Known.TryGetValue(program, out var options))
                AddWrapped(program, options, words, inputs, findings);
            else if (Shells.Contains(program))
                AddShell(words, inputs, findings);
            else if (program == "find")
                AddFind(words, findings);
            else if (program == "eval")
                AddLine(words, string.Join(' ', words.Skip(1).Select(w => w.Text)), findings);
            else if (program == "trap" && words.Count > 2)
                AddLine(words, words[1].Text, findings);
            else
                findings.Add(new ShellCommand(words));
        });
    }

    private static void AddWrapped(string program, WrapperOptions options, IReadOnlyList<ShellWord> words, IReadOnlyList<ShellWord> inputs, ShellFindings findings)
    {
        var at = 1;
        string? replaced = null;
        while (at < words.Count && !words[at].Unknown && words[at].Text.StartsWith('-'))
        {
            if (words[at].Text == "--")
            {
                at++;
                break;
            }
            var length = options.Length(words[at].Text);
            if (length == 0)
                break;
            if (program == "xargs" && words[at].Text.StartsWith("-I", StringComparison.Ordinal))
                replaced = length == 2 ? words.ElementAtOrDefault(at + 1)?.Text : words[at].Text[2..];
            at += length;
        }
        // "command -v ls" and the like only name a command; an option that is not known may do anything.
        if (at < words.Count && !words[at].Unknown && words[at].Text.StartsWith('-'))
        {
            if (!(program == "command" && words[at].Text is "-v" or "-V"))
                findings.Refuse($"the option {words[at].Text} of {program} is not understood");
            findings.Add(new ShellCommand(words));
            return;
        }
        at += options.Positionals;
        if (words.Take(at).Any(w => w.Unknown))
            findings.Refuse($"an argument of {program} is known only when it runs");
        for (; options.Assignments && at < words.Count && words[at].Prefix.Contains('=', StringComparison.Ordinal); at++)
            findings.Add("export", words[at]);
        if (words.Take(at).Any(w => w.Splits))
            findings.Refuse($"an argument of {program} is known only when it runs");
        findings.Add(new ShellCommand(words, Wraps: at < words.Count));
        if (at >= words.Count)
            return;
        var inner = words.Skip(at);
        if (replaced is { Length: > 0 })
            inner = inner.Select(w => Filled(w, replaced));
        else if (program == "xargs")
            inner = inner.Append(ShellWord.Anything);
        Add([.. inner], inputs, findings);
    }

    // "bash -c line" runs the line; a shell without a script runs what it reads; "bash file" is an interpreter like any other.
    private static void AddShell(IReadOnlyList<ShellWord> words, IReadOnlyList<ShellWord> inputs, ShellFindings findings)
    {
        var line = false;
        var at = 1;
        for (; at < words.Count && !words[at].Unknown && words[at].Text is ['-' or '+', _, ..] and not "--"; at++)
        {
            var option = words[at].Text;
            if (option is "-o" or "+o" or "--rcfile" or "--init-file")
                at++;
            else if (option[1] != '-' && option[1..].All("euxvfnlcam".Contains))
                line |= option[0] == '-' && option.Contains('c', StringComparison.Ordinal);
            else if (!ShellFlags.Contains(option))
                break;
        }
        if (line && at < words.Count)
        {
            var script = words[at].Text == "--" && at + 1 < words.Count ? words[at + 1] : words[at];
            if (words.Take(at + 1).Any(w => w.Splits))
                findings.Refuse("the line of a shell is known only when it runs");
            AddLine(words, script.Text, findings);
            return;
        }
        findings.Add(new ShellCommand(words));
        foreach (var input in inputs)
            ShellCommandParser.Read(input.Text, findings);
    }

    private static void AddLine(IReadOnlyList<ShellWord> words, string line, ShellFindings findings)
    {
        findings.Add(new ShellCommand(words, Wraps: true));
        ShellCommandParser.Read(line, findings);
    }

    private static void AddFind(IReadOnlyList<ShellWord> words, ShellFindings findings)
    {
        var own = new List<ShellWord>();
        for (var at = 0; at < words.Count; at++)
        {
            if (!FindRuns.Contains(words[at].Text))
            {
                own.Add(words[at]);
                continue;
            }
            var end = at + 1;
            while (end < words.Count && words[end].Text is not (";" or "+"))
                end++;
            if (end == at + 1)
                findings.Refuse("find runs a command that is not given");
            else
                Add([.. words.Skip(at + 1).Take(end - at - 1).Select(w => Filled(w, "{}"))], [], findings);
            at = end;
        }
        findings.Add(new ShellCommand(own, Wraps: own.Count < words.Count));
    }

    // A file's name or a line of input takes the place of the mark.
    private static ShellWord Filled(ShellWord word, string mark) =>
        word.Text.Contains(mark, StringComparison.Ordinal) ? new ShellWord(word.Text.Replace(mark, ShellWord.Gap.ToString(), StringComparison.Ordinal), Splits: true) : word;
}
