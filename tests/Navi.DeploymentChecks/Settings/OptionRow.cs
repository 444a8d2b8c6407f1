namespace Navi.DeploymentChecks.Settings;

/// <summary>One option as the document has it.</summary>
/// <param name="Key">Configuration key, such as <c>Navi:Agent:MaxTurns</c>.</param>
/// <param name="Type">Its type for people.</param>
/// <param name="Default">Its default, or none.</param>
/// <param name="Validation">What is checked at start.</param>
/// <param name="Meaning">From the option's own XML documentation.</param>
internal sealed record OptionRow(string Key, Type Type, string Default, string Validation, string Meaning)
{
    /// <summary>The name as environment variable; the first of a list stands for all.</summary>
    public string Variable => Key.Replace(":N:", ":0:", StringComparison.Ordinal).Replace(":", "__", StringComparison.Ordinal);

    public string Line => $"| `{Key}`<br>`{Variable}` | {Name(Type)} | {Default} | {Validation} | {Meaning} |";

    private static string Name(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(string) => "text",
        var t when t == typeof(bool) => "true or false",
        var t when t == typeof(int) || t == typeof(long) => "whole number",
        var t when t == typeof(decimal) || t == typeof(double) => "number",
        var t when t == typeof(TimeSpan) => "time",
        var t when t == typeof(Uri) => "address",
        { IsEnum: true } t => string.Join(", ", Enum.GetNames(t)),
        { IsGenericType: true } t => $"list of {Name(t.GetGenericArguments()[^1])}s",
        { IsArray: true } t => $"list of {Name(t.GetElementType()!)}s",
        var t => t.Name,
    };
}
