using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Navi.Platform.Hosting;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Export;
using Navi.Platform.Telemetry.Metrics;
using Navi.Testing;

namespace Navi.Platform.Tests.Telemetry;

public sealed class TelemetryRegistrationTests
{
    [Fact]
    public async Task Stop_ErrorThatIsWrittenInTheEnd_IsInTheTotals()
    {
        var home = Directory.CreateTempSubdirectory("navi-telemetry-");
        await using var platform = await TestPlatform.CreateAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Navi:Environment"] = "Local", ["Navi:Home"] = home.FullName, ["Navi:Database:ConnectionString"] = platform.Server.ConnectionString, ["Navi:Telemetry:FlushSeconds"] = "60",
            ["Navi:Identity:LocalToken"] = new string('t', 40),
        });
        builder.Services.AddPlatform(builder.Configuration);
        using (var host = builder.Build())
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            host.Services.GetRequiredService<ErrorRecorder>().Record(new ErrorReport("c", "o", "T", "x"));
            await host.StopAsync(TestContext.Current.CancellationToken);
        }
        home.Delete(recursive: true);

        var state = await new MetricStore(platform.Database).ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, Assert.Single(state.Totals, t => t.Metric == MetricCatalogue.Errors && t.Labels is ["T", ..]).Value);
    }

    [Theory]
    [InlineData("entra", true)]
    [InlineData("none", false)]
    public void Azure_WithEntra_SignsInWithTheIdentity(string identity, bool signsIn)
    {
        var options = new AzureMonitorExporterOptions();

        ExportRegistration.Azure(options, new ExportOptions { AzureMonitorIdentity = identity }, "InstrumentationKey=00000000-0000-0000-0000-000000000000");

        Assert.Equal(signsIn, options.Credential is DefaultAzureCredential);
        Assert.StartsWith("InstrumentationKey=", options.ConnectionString, StringComparison.Ordinal);
    }
}
