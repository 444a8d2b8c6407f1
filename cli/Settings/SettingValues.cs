namespace Navi.Cli.Settings;

/// <summary>The settings that hold for this command: its flags, then the environment, then the file, then the defaults.</summary>
internal sealed class SettingValues(Func<string, string?> variable, Func<SettingsFile> file)
{
    private readonly Dictionary<string, string> flags = [];
    private IReadOnlyDictionary<string, string>? fromFile;

    /// <summary>Remembers what the command's own options say.</summary>
    public void Flag(Setting setting, string value)
    {
        SettingsFile.Check(setting, value, setting.Flag!);
        flags[setting.Key] = value;
    }

    /// <summary>The value; null when there is none.</summary>
    /// <exception cref="CliException">The value is not valid.</exception>
    public string? this[Setting setting] => Find(setting).Value;

    public int Number(Setting setting) => int.Parse(this[setting]!, System.Globalization.CultureInfo.InvariantCulture);

    public EffectiveSetting Find(Setting setting)
    {
        if (flags.TryGetValue(setting.Key, out var flag))
            return new EffectiveSetting(setting, flag, "flag");
        if (variable(setting.Variable) is { Length: > 0 } given)
        {
            // no-color.org: set to anything but nothing.
            var value = setting == SettingCatalog.NoColor ? "true" : given;
            SettingsFile.Check(setting, value, setting.Variable);
            return new EffectiveSetting(setting, value, "environment");
        }
        fromFile ??= file().Read();
        return fromFile.TryGetValue(setting.Key, out var kept)
            ? new EffectiveSetting(setting, kept, "file")
            : new EffectiveSetting(setting, setting.Default, "default");
    }
}
