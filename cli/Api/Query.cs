namespace Navi.Cli.Api;

/// <summary>Builds the query part of an address.</summary>
internal static class Query
{
    /// <summary>The parameters that have a value, with a leading question mark; empty for none.</summary>
    public static string Of(params (string Name, string? Value)[] parameters)
    {
        var given = parameters.Where(p => p.Value is { Length: > 0 }).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}").ToList();
        return given.Count == 0 ? "" : "?" + string.Join('&', given);
    }
}
