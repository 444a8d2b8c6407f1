using System.CommandLine;
using Navi.Cli.Output;
using Navi.Cli.Settings;

namespace Navi.Cli.Commands;

/// <summary><c>navi config</c>: the command line's own settings.</summary>
internal static class ConfigCommand
{
    public static Command Make(CliContext context) => new("config", "The command line's own settings: what holds, and where it comes from.")
    {
        List(context), Get(context), Set(context), Unset(context), PathOf(context),
    };

    private static Command List(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List every setting with its value and where it came from: flag, environment, file or default.") { json };
        command.SetAction(parsed =>
        {
            var all = SettingCatalog.All.Select(context.Settings.Find).ToList();
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(all.Select(Document));
            else
                context.Out.Table(["SETTING", "VALUE", "FROM", "WHAT"], all.Select(s => (IReadOnlyList<string>)[s.Setting.Key, s.Shown ?? "—", s.Source, s.Setting.What]));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Get(CliContext context)
    {
        var key = Key();
        var json = CommonOptions.Json();
        var command = new Command("get", "Print one setting's value; exit code 1 when it has none.") { key, json };
        command.SetAction(parsed =>
        {
            var found = context.Settings.Find(SettingCatalog.Find(parsed.GetValue(key)!));
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(Document(found));
            else if (found.Shown is { } value)
                context.Out.Line(value);
            return found.Value is null ? ExitCodes.Ended : ExitCodes.Ok;
        });
        return command;
    }

    private static Command Set(CliContext context)
    {
        var key = Key();
        var value = new Argument<string>("VALUE") { Description = "The value." };
        var command = new Command("set", "Keep a setting in the file.") { key, value };
        command.SetAction(parsed =>
        {
            var setting = SettingCatalog.Find(parsed.GetValue(key)!);
            context.SettingsFile.Set(setting, parsed.GetValue(value)!);
            var holds = context.Settings.Find(setting);
            if (holds.Source is "environment" or "flag")
                context.Error.Line($"Kept, but {(holds.Source == "flag" ? setting.Flag : setting.Variable)} says otherwise and wins.", Tone.Warning);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Unset(CliContext context)
    {
        // Any key: an unknown one in the file has to come out somehow.
        var key = new Argument<string>("KEY") { Description = "The setting." };
        key.CompletionSources.Add(_ => SettingCatalog.All.Select(s => s.Key));
        var command = new Command("unset", "Take a setting out of the file.") { key };
        command.SetAction(parsed =>
        {
            if (!context.SettingsFile.Unset(parsed.GetValue(key)!))
                context.Error.Line($"'{SettingCatalog.Find(parsed.GetValue(key)!).Key}' was not in the file.", Tone.Faint);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command PathOf(CliContext context)
    {
        var command = new Command("path", "Print where the file is.");
        command.SetAction(_ =>
        {
            context.Out.Line(context.SettingsFile.Path);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Argument<string> Key()
    {
        var key = new Argument<string>("KEY") { Description = $"The setting: {string.Join(", ", SettingCatalog.All.Select(s => s.Key))}." };
        key.CompletionSources.Add(_ => SettingCatalog.All.Select(s => s.Key));
        return key;
    }

    private static object Document(EffectiveSetting s) => new { s.Setting.Key, value = s.Shown, s.Source, s.Setting.Variable };
}
