namespace Navi.DeploymentChecks.Settings;

/// <summary>Compares the settings that a deployment gives with those that NAVI's options classes have.</summary>
internal sealed class SettingNames
{
    private readonly Dictionary<string, OptionRow> rows = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the options classes.</summary>
    public SettingNames()
    {
        foreach (var (section, type) in OptionsReader.Classes())
        {
            foreach (var row in OptionsReader.Rows(section, type, _ => null))
                rows.TryAdd(row.Key, row);
        }
    }

    /// <summary>Why NAVI has no setting of this name, with the nearest that it has; null when it has.</summary>
    /// <param name="variable">As environment variable, such as <c>Navi__Database__PoolSize</c>.</param>
    public string? Unknown(string variable)
    {
        var key = Key(variable);
        if (rows.ContainsKey(key))
            return null;
        var nearest = rows.Keys.MinBy(k => Distance(k, key))!;
        return $"{variable} is not a setting of NAVI; the nearest is {rows[nearest].Variable}";
    }

    // The place in a list is a number in the variable and N in the options' keys; an element of a plain list has no name of its own.
    private string Key(string variable)
    {
        var parts = variable.Split("__").Select(p => int.TryParse(p, out _) ? "N" : p).ToList();
        if (parts[^1] == "N" && !rows.ContainsKey(string.Join(':', parts)))
            parts.RemoveAt(parts.Count - 1);
        return string.Join(':', parts);
    }

    // Levenshtein's distance, by two rows.
    private static int Distance(string a, string b)
    {
        var (above, row) = (Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1));
            (above, row) = (row, above);
        }
        return above[b.Length];
    }
}
