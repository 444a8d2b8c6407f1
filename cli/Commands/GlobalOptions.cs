using System.CommandLine;
using Navi.Cli.Settings;

namespace Navi.Cli.Commands;

/// <summary>Options that every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Url { get; } = new("--url") { Description = "The NAVI to talk to. Default: NAVI_URL, else the setting url, else a NAVI on this machine.", Recursive = true };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colours.", Recursive = true };

    /// <exception cref="CliException">A value is not valid.</exception>
    public void Apply(ParseResult parsed, CliContext context)
    {
        if (parsed.GetValue(Url) is { } url)
            context.Settings.Flag(SettingCatalog.Url, url);
        if (parsed.GetValue(NoColor))
            context.Settings.Flag(SettingCatalog.NoColor, "true");
        // Help and the configuration's own commands work with a broken file.
        if (parsed.CommandResult.Command.Action is null || parsed.CommandResult.Command.Parents.Any(p => p.Name == "config"))
            return;
        if (context.Settings[SettingCatalog.NoColor] == "true")
        {
            context.Out.Plain();
            context.Error.Plain();
        }
    }
}
