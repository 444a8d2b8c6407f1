using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Navi.LoadTests.World;

/// <summary>The people of a load test: a token each, all in one organisation, who hand over tasks and approve their own, as the Local environment allows.</summary>
internal sealed class LoadUsers
{
    /// <summary>Their organisation.</summary>
    public const string Organisation = "load";

    public LoadUsers(int count) => Tokens = [.. Enumerable.Range(0, count).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)))];

    public IReadOnlyList<string> Tokens { get; }

    /// <summary>The settings by which NAVI knows them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings => Tokens.SelectMany((token, i) => new (string Name, string Value)[]
    {
        ("Sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))), ("User", $"user-{i}"), ("Organisation", Organisation), ("Roles__0", "caller"), ("Roles__1", "approver"),
    }.Select(s => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"Navi__Identity__Tokens__{i}__{s.Name}"), s.Value)));
}
