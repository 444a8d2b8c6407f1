using System.Text.Json;
using Navi.Cli.Api;
using Navi.Platform.Files;

namespace Navi.Cli.Settings;

/// <summary>The command line's own configuration file: one JSON object of texts, config.json in the configuration directory.</summary>
internal sealed class SettingsFile(string path)
{
    public string Path { get; } = path;

    /// <exception cref="CliException">The file can't be read, or is no object of known settings with valid values.</exception>
    public IReadOnlyDictionary<string, string> Read()
    {
        var values = ReadRaw();
        foreach (var (key, value) in values)
            Check(SettingOf(key), value, $"'{Path}'");
        return values;
    }

    public void Set(Setting setting, string value)
    {
        if (setting.IsSecret)
            throw CliException.Usage($"'{setting.Key}' is a secret and is not kept in the file. Sign in with 'navi login', or set {setting.Variable}.");
        Check(setting, value, "The given value");
        Write(new SortedDictionary<string, string>(ReadRaw(), StringComparer.Ordinal) { [setting.Key] = value });
    }

    /// <returns>False when it was not in the file.</returns>
    public bool Unset(string key)
    {
        var values = new SortedDictionary<string, string>(ReadRaw(), StringComparer.Ordinal);
        if (!values.Remove(key))
            return false;
        Write(values);
        return true;
    }

    public static void Check(Setting setting, string value, string where)
    {
        if (setting.Wrong(value) is { } wrong)
            throw CliException.Usage($"{where}: {setting.Key} is '{(setting.IsSecret ? "********" : value)}'; {wrong}.");
    }

    // Without the check, so that 'config unset' can take out what is wrong.
    private Dictionary<string, string> ReadRaw()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path)) ?? [] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"The configuration file '{Path}' can't be read: {e.Message}");
        }
        catch (JsonException e)
        {
            throw CliException.Usage($"The configuration file '{Path}' is not a JSON object of texts: {e.Message} Mend or delete it.");
        }
    }

    private Setting SettingOf(string key) => SettingCatalog.All.FirstOrDefault(s => s.Key == key && !s.IsSecret)
        ?? throw CliException.Usage($"'{Path}' has an unknown setting '{key}'. Take it out: navi config unset {Shell.Quote(key)}");

    private void Write(SortedDictionary<string, string> values)
    {
        try
        {
            PrivateFiles.Write(Path, JsonSerializer.Serialize(values, WireJson.Indented) + "\n", replace: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CliException.Usage($"The configuration file '{Path}' can't be written: {e.Message}");
        }
    }
}
