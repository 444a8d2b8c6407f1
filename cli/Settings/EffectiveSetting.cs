namespace Navi.Cli.Settings;

/// <summary>A setting's value and where it came from: <c>flag</c>, <c>environment</c>, <c>file</c> or <c>default</c>.</summary>
internal sealed record EffectiveSetting(Setting Setting, string? Value, string Source)
{
    /// <summary>What people may see of it.</summary>
    public string? Shown => Value is { Length: > 0 } && Setting.IsSecret ? "********" : Value;
}
