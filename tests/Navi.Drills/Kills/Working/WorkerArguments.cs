using System.Globalization;

namespace Navi.Drills.Kills.Working;

/// <summary>What a worker process is told by its command line and environment.</summary>
/// <param name="Name">Its name before the judge; each process has another.</param>
/// <param name="World">Port of the judge on 127.0.0.1.</param>
/// <param name="Trees">Directory of workspaces.</param>
/// <param name="ClockJumps">Its clock jumps by hours.</param>
internal sealed record WorkerArguments(string Name, int World, string Trees, bool ClockJumps)
{
    /// <summary>The word behind the program's name.</summary>
    public const string Command = "kills-worker";

    /// <summary>The variable with the connection string, which a command line would show to everybody.</summary>
    public const string Database = "NAVI_DRILL_DATABASE";

    public static WorkerArguments Parse(IReadOnlyList<string> arguments) =>
        new(arguments[0], int.Parse(arguments[1], CultureInfo.InvariantCulture), arguments[2], arguments[3] == "jumping");

    public IReadOnlyList<string> ToList() => [Command, Name, World.ToString(CultureInfo.InvariantCulture), Trees, ClockJumps ? "jumping" : "steady"];
}
