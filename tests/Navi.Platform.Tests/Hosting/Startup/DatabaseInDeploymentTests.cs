using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Hosting;

namespace Navi.Platform.Tests.Hosting.Startup;

/// <summary>What connection strings an environment accepts.</summary>
public sealed class DatabaseInDeploymentTests
{
    [Theory]
    [InlineData("Production", "Host=db.example.com;Username=navi;Password=Zx8kq2;SSL Mode=VerifyFull")]
    [InlineData("Production", "Host=/var/run/postgresql;Username=navi;Password=Zx8kq2")]
    [InlineData("Production", "Host=@navi;Username=navi")]
    [InlineData("Local", "Host=db.example.com;Username=navi;Password=change-me")]
    public void Connection_ThatFits_IsAccepted(string environment, string connection) => Assert.Null(Refusal(environment, ("ConnectionString", connection)));

    [Theory]
    [InlineData("Production", "Host=db.example.com;Username=navi;Password=Zx8kq2", "SSL Mode=Prefer")]
    [InlineData("Staging", "Host=db.example.com;Username=navi;Password=Zx8kq2;SSL Mode=Require", "SSL Mode=Require")]
    [InlineData("Staging", "Host=db.example.com;Username=navi;Password=Zx8kq2;SSL Mode=VerifyCA", "SSL Mode=VerifyCA")]
    [InlineData("Production", "Host=127.0.0.1;Username=navi;Password=Zx8kq2;SSL Mode=Disable", "'127.0.0.1' with SSL Mode=Disable")]
    [InlineData("Production", "Host=/var/run/postgresql,db.example.com;Username=navi", "'db.example.com'")]
    [InlineData("Production", "Username=navi", "goes to ''")]
    public void Connection_OverANetworkWithoutVerifiedTls_IsRefusedUnlessAReasonIsGiven(string environment, string connection, string said)
    {
        var refusal = Refusal(environment, ("ConnectionString", connection));

        Assert.Contains("Navi:Database:ConnectionString", refusal, StringComparison.Ordinal);
        Assert.Contains(said, refusal, StringComparison.Ordinal);
        Assert.Contains("SSL Mode=VerifyFull", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Zx8kq2", refusal, StringComparison.Ordinal);
        Assert.Null(Refusal(environment, ("ConnectionString", connection), ("TlsException", "PgBouncer runs beside the process")));
        Assert.Equal(refusal, Refusal(environment, ("ConnectionString", connection), ("TlsException", "  ")));
    }

    [Fact]
    public void DirectConnection_IsHeldToTheSame() => Assert.Contains(
        "Navi:Database:DirectConnectionString goes to '10.0.0.1'", Refusal("Production", ("ConnectionString", "Host=/run/pg;Username=navi"), ("DirectConnectionString", "Host=10.0.0.1;Username=navi")), StringComparison.Ordinal);

    [Theory]
    [InlineData("change-me")]
    [InlineData("CHANGE-ME")]
    [InlineData("postgres")]
    [InlineData("xxxxxxxx")]
    public void Password_OfAnExample_IsRefusedAndNotRepeated(string password)
    {
        var refusal = Refusal("Production", ("ConnectionString", $"Host=/run/pg;Username=app;Password={password}"));

        Assert.Contains("Navi:Database:ConnectionString has a Password that stands in an example", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(password, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password", "nonsense", "not an Npgsql connection string")]
    [InlineData("entra", "Host=/run/pg;Username=navi", "'entra'; it must be Password or Entra")]
    [InlineData("Entra", "Host=/run/pg", "has no Username")]
    [InlineData("Entra", "Host=/run/pg;Username=navi;Password=Zx8kq2", "has a Password")]
    public void Options_ThatCantWork_AreRefusedEverywhere(string authentication, string connection, string said)
    {
        var refusal = Refusal("Local", ("Authentication", authentication), ("ConnectionString", connection));

        Assert.Contains(said, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("Zx8kq2", refusal, StringComparison.Ordinal);
    }

    private static string? Refusal(string environment, params IEnumerable<(string Option, string Value)> options)
    {
        var settings = options.Select(o => KeyValuePair.Create<string, string?>($"Navi:Database:{o.Option}", o.Value)).Append(new("Navi:Environment", environment)).Append(new("Navi:Home", "/tmp"));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddLogging().AddPlatform(configuration).BuildServiceProvider();
        try
        {
            _ = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
            return null;
        }
        catch (OptionsValidationException e)
        {
            return e.Message;
        }
    }
}
