using Navi.DeploymentChecks.Settings;

namespace Navi.Deployment.Tests.Settings;

/// <summary>Names of settings are those of the options classes, and the start decides what is missing.</summary>
public sealed class SettingNamesTests
{
    private static readonly SettingNames Names = new();

    private static readonly Dictionary<string, string?> Enough = new()
    {
        ["Navi__Environment"] = "Production", ["Navi__Home"] = "/var/lib/navi", ["Navi__Workspace__Root"] = "/var/lib/navi/workspaces",
        ["Navi__Database__ConnectionString"] = "Host=db;Database=navi;Username=navi;SSL Mode=VerifyFull", ["Navi__Encryption__KeyId"] = "2026-01", ["Navi__Encryption__KeyDirectory"] = "/etc/navi/keys",
        ["Navi__Identity__Issuers__0__Authority"] = "https://login.example.com/v2.0", ["Navi__Identity__Issuers__0__Audience"] = "api://navi", ["Navi__Identity__Issuers__0__Organisation"] = "example",
    };

    [Theory]
    [InlineData("Navi__Database__PoolSize")]
    [InlineData("Navi__Models__Entries__3__Endpoint")]
    [InlineData("Navi__Sandbox__ReadOnlyPaths__0")]
    [InlineData("Navi__Identity__Tokens__0__Roles__1")]
    public void Unknown_OfASetting_IsNull(string variable) => Assert.Null(Names.Unknown(variable));

    [Fact]
    public void Unknown_Misspelt_NamesTheNearest() => Assert.EndsWith("the nearest is Navi__Database__PoolSize", Names.Unknown("Navi__Database__PoolSizes"), StringComparison.Ordinal);

    [Fact]
    public void Problems_OfEnough_AreNone() => Assert.Empty(StartCheck.Problems(Enough));

    [Theory]
    [InlineData("Navi__Environment")]
    [InlineData("Navi__Database__ConnectionString")]
    [InlineData("Navi__Encryption__KeyId")]
    [InlineData("Navi__Encryption__KeyDirectory")]
    [InlineData("Navi__Identity__Issuers__0__Audience")]
    public void Problems_WithoutOne_NameIt(string variable)
    {
        var without = Enough.Where(v => v.Key != variable).ToDictionary();

        Assert.Contains(StartCheck.Problems(without), p => p.Contains(variable.Split("__")[^1], StringComparison.Ordinal));
    }
}
