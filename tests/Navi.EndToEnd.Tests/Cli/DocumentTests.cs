using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Navi.Cli;
using Navi.Cli.Commands;
using Navi.Testing;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>The documents name what the command has, all of it and nothing else.</summary>
public sealed partial class DocumentTests
{
    private static readonly RootCommand Root = CommandLine.Build(new CliContext(), new GlobalOptions());

    [Fact]
    public void CommandsDocument_TableOfCommands_IsTheTree()
    {
        var documented = Row().Matches(Read("docs/CLI.md")).ToDictionary(m => m.Groups["path"].Value.Trim(), m => m.Groups["rest"].Value);
        var commands = Leaves(Root, "").ToDictionary(c => c.Path, c => c.Command);
        Assert.Equal(commands.Keys.Order(), documented.Keys.Order());
        foreach (var (path, command) in commands)
        {
            Assert.Equal((path, string.Join(' ', Options(command).Order())), (path, string.Join(' ', OptionName().Matches(documented[path]).Select(m => m.Value).Distinct().Order())));
            foreach (var argument in command.Arguments)
                Assert.Contains(argument.Name, documented[path]);
        }
        foreach (var option in Root.Options.Where(o => o is not (HelpOption or VersionOption)))
            Assert.Contains($"`{option.Name}", Read("docs/CLI.md"));
    }

    [Theory]
    [InlineData("docs/USER_GUIDE.md")]
    [InlineData("README.md")]
    [InlineData("docs/SECRET_ROTATION.md")]
    public void Documents_CommandsInThem_Exist(string document)
    {
        var lines = CommandLineOf().Matches(Read(document)).Select(m => m.Groups["line"].Value.Trim()).ToList();
        Assert.NotEmpty(lines);
        foreach (var line in lines.Where(l => l is not "test"))
            Assert.True(Root.Parse(CommandLineParser.SplitCommandLine(line).ToArray()).Errors.Count == 0, $"{document}: navi {line}: {string.Join(' ', Root.Parse(CommandLineParser.SplitCommandLine(line).ToArray()).Errors)}");
    }

    [Fact]
    public void SecretRotation_CommandsAndTestsInIt_Exist()
    {
        var document = Read("docs/SECRET_ROTATION.md");
        var commands = Inline().Matches(document).Select(m => m.Groups["line"].Value).Distinct().ToList();
        var paths = Leaves(Root, "").Select(l => l.Path).ToList();
        var tests = TestName().Matches(document).Select(m => m.Value).Distinct().ToList();

        Assert.True(commands.Count > 8 && tests.Count > 8, $"{commands.Count} commands, {tests.Count} tests");
        Assert.All(commands, c => Assert.Contains(paths, p => c == p || c.StartsWith(p + " ", StringComparison.Ordinal)));
        Assert.All(tests, t => Assert.Contains(SourceTree.CSharpFiles("tests"), f => Path.GetFileNameWithoutExtension(f) == t));
    }

    [Fact]
    public void CommandsDocument_Settings_AreTheCatalogue()
    {
        var document = Read("docs/CLI.md");
        foreach (var setting in Navi.Cli.Settings.SettingCatalog.All)
            Assert.Contains($"| `{setting.Key}` | `{setting.Variable}` |", document);
    }

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) => command.Subcommands.Where(s => !s.Hidden).SelectMany(s =>
    {
        var below = $"{path} {s.Name}".Trim();
        return (s.Action is null ? [] : new[] { (below, s) }).Concat(Leaves(s, below));
    });

    private static IEnumerable<string> Options(Command command) => command.Options.Where(o => o is not HelpOption && !o.Hidden).Select(o => o.Name);

    private static string Read(string document) => File.ReadAllText(Path.Combine(SourceTree.Root, document));

    [GeneratedRegex(@"^\| `navi (?<path>[a-z-]+( [a-z]+)?)(?<rest>[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`navi (?<line>[^`]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?<=`)[A-Za-z]+Tests(?=`)")]
    private static partial Regex TestName();

    [GeneratedRegex(@"--[a-z][a-z-]*")]
    private static partial Regex OptionName();

    [GeneratedRegex(@"^(\$ )?(\./)?navi (?<line>[^#\n|<>]+?)( +#.*)?$", RegexOptions.Multiline)]
    private static partial Regex CommandLineOf();
}
