using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Navi.Platform.Data;

/// <summary>The migrations of this build.</summary>
public static class MigrationSet
{
    private const string Prefix = "Navi.Migrations.";

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<Migration> All { get; } = [.. Read().OrderBy(m => m.Number)];

    private static IEnumerable<Migration> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            var name = resource[Prefix.Length..];
            yield return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
        }
    }
}
