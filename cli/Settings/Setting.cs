namespace Navi.Cli.Settings;

/// <summary>One setting of the command line itself.</summary>
/// <param name="Key">Its name in the file and for <c>navi config</c>.</param>
/// <param name="Variable">The environment variable that overrides the file.</param>
/// <param name="Default">What holds without any; null for none.</param>
/// <param name="What">What it is for, in a sentence.</param>
/// <param name="Wrong">What is wrong with a value; null when it is fine.</param>
/// <param name="Flag">The option that overrides everything; null for none.</param>
/// <param name="IsSecret">Shown masked and never kept in the file.</param>
internal sealed record Setting(
    string Key, string Variable, string? Default, string What, Func<string, string?> Wrong, string? Flag = null, bool IsSecret = false);
