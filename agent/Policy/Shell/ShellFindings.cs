namespace Navi.Agent.Policy.Shell;

/// <summary>Collects what the readers of a line and of its nested lines find. Bounded, so that no line costs more than its length deserves.</summary>
internal sealed class ShellFindings
{
    private const int MostCommands = 400;
    private const int DeepestNesting = 24;
    private readonly List<ShellCommand> commands = [];
    private int depth;

    public string? Opaque { get; private set; }

    public bool Repeats { get; set; }

    public IReadOnlyList<ShellCommand> Commands => commands;

    public void Add(ShellCommand command)
    {
        if (commands.Count < MostCommands)
            commands.Add(command);
        else
            Refuse("it has more than 400 commands");
    }

    public void Add(string program, ShellWord argument) => Add(new ShellCommand([new ShellWord(program), argument]));

    /// <summary>A part of the line can't be understood; the first reason is kept.</summary>
    public void Refuse(string reason) => Opaque ??= reason;

    /// <summary>
    /// Reads something of which a part is known only when it runs: what is known of it is kept, so that a rule that forbids a command still
    /// sees it, and the line stays not understood.
    /// </summary>
    public void Guess(Action<ShellFindings> read, string reason)
    {
        var guess = new ShellFindings { depth = depth };
        guess.Nested(() => read(guess));
        foreach (var command in guess.commands)
            Add(command);
        Refuse(reason);
    }

    /// <summary>Reads something nested, unless it is nested too deeply.</summary>
    public void Nested(Action read)
    {
        if (depth >= DeepestNesting)
        {
            Refuse("it is nested too deeply");
            return;
        }
        depth++;
        read();
        depth--;
    }
}
