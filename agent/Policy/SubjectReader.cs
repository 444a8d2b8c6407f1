using System.Text.Json;
using Navi.Agent.Policy.Rules;
using Navi.Agent.Policy.Shell;

namespace Navi.Agent.Policy;

/// <summary>Takes a call apart into what the rules decide: one subject for each simple command of its shell line, else the call itself.</summary>
internal static class SubjectReader
{
    private const string CommandArgument = "command";
    private static readonly string[] Directories = ["directory", "working_directory", "cwd"];
    private static readonly string[] PathArguments =
        ["path", "paths", "file", "files", "from", "to", "source", "target", "destination", "old_path", "new_path", "report_path", "glob"];

    /// <summary>Whether the call runs a shell line.</summary>
    public static bool RunsCommands(PolicyRequest request) =>
        request.Arguments.ValueKind == JsonValueKind.Object && request.Arguments.TryGetProperty(CommandArgument, out _);

    /// <summary>The subjects, and why a part of the call was not understood (null when all of it was).</summary>
    public static (IReadOnlyList<Subject> Subjects, string? Opaque) Read(PolicyRequest request)
    {
        if (!RunsCommands(request))
            return ([new Subject(request, null, ReadPaths(request.Arguments))], null);
        var command = request.Arguments.GetProperty(CommandArgument);
        if (command.ValueKind != JsonValueKind.String)
            return ([new Subject(request, null, [])], "its command is not text");
        var line = ShellCommandParser.Parse(command.GetString()!);
        var bases = CommandPaths.Bases(line, Start(request.Arguments));
        var subjects = line.Commands.Select(c => new Subject(request, c, CommandPaths.Of(c, bases))).ToList();
        if (line.Opaque is not null)
            subjects.Add(new Subject(request, null, []));
        return (subjects, line.Opaque);
    }

    private static string Start(JsonElement arguments)
    {
        foreach (var name in Directories)
        {
            if (arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                return value.GetString()!;
        }
        return "";
    }

    private static List<CallPath> ReadPaths(JsonElement arguments)
    {
        var paths = new List<CallPath>();
        if (arguments.ValueKind != JsonValueKind.Object)
            return paths;
        foreach (var member in arguments.EnumerateObject())
        {
            if (member.Name == "patch" && member.Value.ValueKind == JsonValueKind.String)
                paths.AddRange(PatchPaths.Of(member.Value.GetString()!).Select(One));
            else if (PathArguments.Contains(member.Name))
                paths.AddRange(Texts(member.Value).Select(One));
        }
        return paths;
    }

    private static CallPath One(string path) => CallPath.From(path, [""]);

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        _ => [],
    };
}
