namespace Navi.Portable.Contracts.Tests.Surface;

internal static class ApiComparer
{
    /// <summary>One line per member that the listing does not know, or knows with another signature.</summary>
    public static IReadOnlyList<string> Compare(IEnumerable<(string Id, string Signature)> surface, ILookup<string, string> listing)
    {
        var differences = new List<string>();
        foreach (var (id, signature) in surface)
        {
            // A record's hidden clone method: newer targets return the derived type where the listing's older target returns the base.
            if (id.EndsWith(".{Clone}$", StringComparison.Ordinal) && listing.Contains(id)) continue;
            var known = listing[id].ToList();
            if (known.Count == 0) differences.Add($"{id} is not in the listing ({signature})");
            else if (!known.Contains(signature, StringComparer.Ordinal)) differences.Add($"{id}: '{signature}' differs from '{string.Join("' or '", known)}'");
        }
        return differences;
    }
}
