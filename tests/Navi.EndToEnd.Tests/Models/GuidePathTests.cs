using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Models;

/// <summary>docs/USER_GUIDE.md from its second section to its fifth, in one piece: a model is configured and tried, a task is run, looked at, approved, and its branch is merged.</summary>
public sealed partial class GuidePathTests
{
    [Fact]
    public async Task Guide_FromTheModelToTheMergedBranch_WorksAsWritten()
    {
        await using var server = await SimulatedProvider.StartAsync(new Scenario
        {
            Turns =
            [
                Say(Use("read_file", new { path = "calc.py" })),
                Say(Use("edit_file", new { path = "README.md", old_text = "Use `add_numbers`.", new_text = "Use `add_numbers` for two numbers." })),
                Say(Use("run_tests", new { })),
                Say(Use("finish_task", new { status = "done", summary = "The manual says it." })),
            ],
        });
        await using var navi = await Installation.CreateAsync();
        foreach (var (name, value) in new[] { ("Name", "azure"), ("Kind", "azure_openai"), ("Endpoint", server.Address), ("Model", "our-deployment"), ("BaseModel", "gpt-4o"), ("ApiKey", "some-key") })
            navi.Environment[$"Navi__Models__Entries__0__{name}"] = value;
        var repository = Repositories.Python(navi.Place("repository"));
        // One NAVI for all commands; without it each of them would start its own.
        await navi.UpAsync();

        Assert.Contains("azure", (await RunAsync("models", "list")).Output);
        Assert.Contains("our-deployment answered", (await RunAsync("models", "test", "azure")).Output);
        var run = await navi.RunAsync(["run", "say in the manual what add_numbers is for"], directory: repository);
        Assert.True(run.ExitCode == 3, run.All);
        var id = TaskId().Match(run.Output).Value;
        Assert.Contains(id, (await RunAsync("tasks")).Output);
        Assert.Contains("README.md", (await RunAsync("diff", id, "--stat")).Output);
        Assert.Contains("+Use `add_numbers` for two numbers.", (await RunAsync("diff", id)).Output);
        Assert.Contains("Publish", (await RunAsync("approvals")).Output);
        await RunAsync("approve", id);
        Assert.Contains("finished: completed", (await RunAsync("watch", id)).Output);
        Assert.Contains("Use `add_numbers`.", await File.ReadAllTextAsync(Path.Combine(repository, "README.md"), TestContext.Current.CancellationToken));

        var branch = Repositories.NaviBranch(repository);
        Assert.Equal($"navi/{id}", branch);
        Repositories.Git(repository, "merge", "-q", branch!);
        Assert.Contains("for two numbers", await File.ReadAllTextAsync(Path.Combine(repository, "README.md"), TestContext.Current.CancellationToken));
        Repositories.Git(repository, "branch", "-D", branch!);
        Assert.Contains("our-deployment", (await RunAsync("cost", "--by", "model", "--since", "30d")).Output);
        Assert.Empty(server.Violations);

        async Task<Ended> RunAsync(params string[] arguments)
        {
            var ended = await navi.RunAsync(arguments, directory: repository);
            Assert.True(ended.ExitCode == 0, $"navi {string.Join(' ', arguments)}: {ended.All}");
            return ended;
        }
    }

    private static Turn Say(params ToolUse[] calls) => new() { Calls = calls };

    private static ToolUse Use(string name, object arguments) => new() { Name = name, Arguments = JsonSerializer.SerializeToElement(arguments) };

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex TaskId();
}
