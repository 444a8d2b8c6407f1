namespace Navi.Agent.Tools;

/// <summary>One wrong argument.</summary>
/// <param name="Field">Where, as <c>paths[2]</c>; empty for the arguments as a whole.</param>
/// <param name="Value">What was there, shortened; null when nothing was.</param>
/// <param name="Expected">What would be right.</param>
internal sealed record ArgumentError(string Field, string? Value, string Expected)
{
    public override string ToString() =>
        $"{(Field.Length == 0 ? "arguments" : Field)}: {(Value is null ? "missing" : $"got {Value}")}; expected {Expected}";
}
