using System.CommandLine;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Output;
using Navi.Cli.Settings;

namespace Navi.Cli.Commands;

/// <summary><c>navi run</c>: hands over a task and follows it.</summary>
internal static class RunCommand
{
    private const string Survey = "survey this repository";

    public static Command Make(CliContext context)
    {
        var task = new Argument<string?>("TASK") { Description = $"What to do, in words. Default: \"{Survey}\".", Arity = ArgumentArity.ZeroOrOne };
        var repo = new Option<string?>("--repo") { Description = "A directory or a URL. Default: the repository around the current directory.", HelpName = "PATH_OR_URL" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Approve every checkpoint in advance; only in the environment Local, and recorded as self-approved." };
        var provider = CommonOptions.Provider(context, "The model provider. Default: NAVI_MODEL_PROVIDER, else NAVI's own setting.");
        var mode = CommonOptions.Mode("How much to spend and where: auto, fast, deep, or private (models of your own alone). Default: NAVI_MODE, else auto.");
        var json = CommonOptions.Json("Progress to standard error; at the end the task as one JSON document to standard output.");
        var quiet = CommonOptions.Ask();
        var command = new Command("run", "Do a task on a repository and follow it to its end. At a checkpoint it asks for your decision, at the terminal or from lines of standard input.")
        {
            task, repo, yes, provider, mode, json, quiet,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            context,
            new Request(parsed.GetValue(task) ?? Survey, parsed.GetValue(repo), parsed.GetValue(yes), parsed.GetValue(provider), parsed.GetValue(mode), context.IsJson(parsed, json), parsed.GetValue(quiet)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, Request request, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(request.Task))
            throw CliException.Usage("The task is empty: say what to do, for example navi run \"rename total to sum and run the tests\".");
        var remote = Connector.Given(context) is not null;
        // Before anything is started: a mistake in the path is the most common one.
        var repository = Repositories.Resolve(request.Repository, onThisMachine: !remote);
        var screen = request.Json ? context.Error : context.Out;
        await using var connection = await new Connector(context).ConnectAsync(movesWork: true, cancellation);
        // Said with the task: a NAVI that runs already was not started with this environment.
        var provider = request.Provider ?? context.Settings[SettingCatalog.Provider];
        var task = await connection.Client.CreateTaskAsync(
            new NewTask(repository, request.Task, request.Mode ?? context.Settings[SettingCatalog.Mode], request.Yes ? true : null, provider), Guid.NewGuid().ToString(), cancellation);
        screen.Line($"Task {task.Id} on {repository}", Tone.Strong);
        if (connection.IsInProcess)
            screen.Line("Mode Local: you may approve your own tasks.", Tone.Faint);
        return await Following.RunAsync(context, connection, task.Id, new Following.Options(request.Json, !request.NoInput, request.Yes), cancellation);
    }

    private sealed record Request(string Task, string? Repository, bool Yes, string? Provider, string? Mode, bool Json, bool NoInput);
}
