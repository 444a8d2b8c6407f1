using System.CommandLine;
using System.CommandLine.Parsing;
using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary>The command's tree, and the one place where failures become messages and exit codes.</summary>
internal static class CommandLine
{
    public const string ExitCodesText =
        """
        Exit codes: 0 done, the task ended completed · 1 the task ended otherwise or the request was refused · 2 wrong usage or input
        · 3 parked, a person has to decide · 4 NAVI or its database can't be reached or started · 130 interrupted.
        """;

    public static async Task<int> RunAsync(string[] args, CliContext context, CancellationToken cancellation)
    {
        var global = new GlobalOptions();
        var parsed = Build(context, global).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                context.Error.Line(Say(error), Tone.Bad);
            context.Error.Line($"See: navi {Path(parsed.CommandResult)}--help");
            return ExitCodes.Usage;
        }
        try
        {
            global.Apply(parsed, context);
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation);
        }
        catch (CliException e)
        {
            context.Error.Line(e.Message, Tone.Bad);
            return e.ExitCode;
        }
        catch (ApiException e)
        {
            context.Error.Line(e.Message, Tone.Bad);
            return e.Status is System.Net.HttpStatusCode.BadRequest or System.Net.HttpStatusCode.UnprocessableEntity or System.Net.HttpStatusCode.RequestEntityTooLarge
                ? ExitCodes.Usage : ExitCodes.Ended;
        }
        catch (UnreachableException e)
        {
            context.Error.Line(e.Message, Tone.Bad);
            context.Error.Line($"Nothing is lost. Check with '{Invocation.Name} doctor', then go on with '{Invocation.Name} watch TASK'.");
            return ExitCodes.Unavailable;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    /// <summary>The whole tree; tests compare it with the documents.</summary>
    public static RootCommand Build(CliContext context, GlobalOptions global) => new($"NAVI, an engineering agent for git repositories.{Environment.NewLine}{Environment.NewLine}{ExitCodesText}")
    {
        global.Url,
        global.NoColor,
        RunCommand.Make(context),
        UpCommand.Make(context),
        DownCommand.Make(context),
        ServeCommand.Make(),
        MigrateCommand.Make(context),
        RollbackCheckCommand.Make(context),
        SmokeCommand.Make(context),
        GoLiveCommand.Make(context),
        RestoredCommand.Make(context),
        DurableCommand.Make(context),
        TasksCommand.Make(context),
        ShowCommand.Make(context),
        WatchCommand.Make(context),
        DiffCommand.Make(context),
        CancelCommand.Make(context),
        ApprovalsCommand.Make(context),
        DecideCommands.MakeApprove(context),
        DecideCommands.MakeReject(context),
        SuspendCommands.MakeSuspend(context),
        SuspendCommands.MakeResume(context),
        ForkCommand.Make(context),
        ModelsCommand.Make(context),
        ToolsCommand.Make(context),
        CostCommand.Make(context),
        ErrorsCommand.Make(context),
        ProbeCommand.Make(context),
        KeysCommand.Make(context),
        SecretsCommand.Make(context),
        LoginCommand.Make(context),
        LogoutCommand.Make(context),
        WhoamiCommand.Make(context),
        TokenCommand.Make(context),
        ConfigCommand.Make(context),
        CompletionCommand.Make(),
        CompletionCommand.MakeHidden(() => Build(context, new GlobalOptions())),
        DoctorCommand.Make(context),
    };

    // The library names the command that misses an argument, not the argument.
    private static string Say(ParseError error) =>
        error.SymbolResult is ArgumentResult { Tokens.Count: 0 } missing ? $"{error.Message} It is {missing.Argument.Name}: {missing.Argument.Description}" : error.Message;

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)}{command.Command.Name} " : "";
}
