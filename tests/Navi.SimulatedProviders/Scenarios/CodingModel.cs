using System.Text.Json;

namespace Navi.SimulatedProviders.Scenarios;

/// <summary>
/// Speaks when a scenario has no turns: looks around, reads, edits a file of notes, runs the tests and finishes, with the tools that the request offers. How long each part takes follows from the seed
/// and the conversation; the same conversation gets the same answer.
/// </summary>
internal static class CodingModel
{
    public static Turn Answer(int turn, IReadOnlySet<string> tools, Random random)
    {
        var reads = random.Next(1, 4);
        var edits = random.Next(1, 3);
        var answer = turn switch
        {
            0 => Say("I look at the project first, then change it, run its tests and finish.", Use("list_directory", new { path = "", depth = 2 })),
            _ when turn <= reads => Say("", Use("find_files", new { glob = $"*{(char)('a' + random.Next(26))}*" }), Use("list_directory", new { path = "" })),
            _ when turn <= reads + edits => Say("Now the change.", Use("write_file", new { path = $"NOTES-{turn - reads}.md", content = string.Concat(Enumerable.Repeat("A note of the simulated model.\n", random.Next(1, 20))) })),
            _ when turn == reads + edits + 1 => Say("", Use("run_tests", new { })),
            _ => Say("", Use("finish_task", new { status = "done", summary = "Notes were added and the tests ran." })),
        };
        var offered = answer with { Calls = [.. answer.Calls.Where(c => tools.Contains(c.Name))] };
        return offered.Calls.Count == 0 && tools.Contains("finish_task") && answer.Calls.Count > 0 ? Say("", Use("finish_task", new { status = "done", summary = "Nothing more to do." }))
            : offered.Calls.Count == 0 && answer.Text.Length == 0 ? Say("There is nothing to do.") : offered;
    }

    private static Turn Say(string text, params ToolUse[] calls) => new() { Text = text, Calls = calls };

    private static ToolUse Use(string name, object arguments) => new() { Name = name, Arguments = JsonSerializer.SerializeToElement(arguments) };
}
