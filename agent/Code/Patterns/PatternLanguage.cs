namespace Navi.Agent.Code;

/// <summary>How definitions look in a language.</summary>
/// <param name="Name">As in <see cref="Projects.LanguageTable"/>.</param>
/// <param name="Rules">Of two that name the same place, the earlier one holds.</param>
/// <param name="Indented">Bodies are told by their indentation instead of brackets.</param>
/// <param name="NoNames">Words that stand where a name would and are none.</param>
/// <param name="Closer">A word that ends an indented body at the depth of its beginning.</param>
internal sealed record PatternLanguage(string Name, IReadOnlyList<PatternRule> Rules, bool Indented, IReadOnlySet<string> NoNames, string? Closer = null);
