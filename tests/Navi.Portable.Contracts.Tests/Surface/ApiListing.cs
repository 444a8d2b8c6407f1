namespace Navi.Portable.Contracts.Tests.Surface;

/// <summary>The vendor's public surface as recorded: documentation id → its signatures (a few ids stand in two assemblies).</summary>
internal static class ApiListing
{
    public static ILookup<string, string> Load()
    {
        using var stream = typeof(ApiListing).Assembly.GetManifestResourceStream("public-api.txt")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    public static ILookup<string, string> Parse(string text) => text
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('\t', 2))
        .ToLookup(parts => parts[0], parts => parts[1]);
}
