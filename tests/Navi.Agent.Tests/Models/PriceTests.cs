using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Navi.Agent.Models.Metering;
using Navi.Agent.Models.Options;
using Navi.Agent.Models.Prices;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Models;

public sealed class PriceTests
{
    [Fact]
    public void CarriedFile_EveryModel_HasADateASourceAndAPrice()
    {
        var list = new PriceList(Options.Create(new ModelsOptions()));

        var price = list.Of(new ModelEntry { Model = "my-deployment", BaseModel = "gpt-4o" })!;
        Assert.Equal((2.5m, 1.25m, 10m), (price.Input, price.CachedInput, price.Output));
        Assert.StartsWith("https://", price.Source, StringComparison.Ordinal);
        Assert.Equal(list.Date, price.Date);
        Assert.Null(list.Of(new ModelEntry { Model = "my-deployment" }));
        Assert.Equal(7, list.Of(new ModelEntry { Model = "gpt-4o", Prices = new() { Input = 7, Output = 8 } })!.Input);
    }

    [Fact]
    public void Cost_OfACall_IsRoundedToEightPlacesAwayFromZero()
    {
        var price = new ModelPrice(0.033m, 0.005m, 0.004999m, null, "test");

        Assert.Equal((0.00000003m, 0.00000000m), price.Of(1, 0, 1));
        Assert.Equal((0.00000001m, 0.00000001m), price.Of(1, 1, 2));
    }

    [Fact]
    public void Cost_CallLongerThanThePriceHolds_IsUnknownAndNotTheShortOnes()
    {
        var price = new ModelPrice(1, 1, 1, null, "test", UpToInput: 100);

        Assert.NotNull(Spending.Of(new UsageDetails { InputTokenCount = 100, OutputTokenCount = 1 }, price)!.InputCost);
        Assert.Null(Spending.Of(new UsageDetails { InputTokenCount = 101, OutputTokenCount = 1 }, price)!.InputCost);
        Assert.Null(Spending.Of(null, price));
        Assert.Null(Spending.Of(new UsageDetails { InputTokenCount = 5, OutputTokenCount = 1 }, null)!.OutputCost);
    }

    [Theory]
    [InlineData("""{"date":"2026-01-01","source":"s","currency":"EUR","models":{}}""", "USD")]
    [InlineData("""{"source":"s","currency":"USD","models":{}}""", "date")]
    [InlineData("""{"date":"2026-01-01","source":"s","currency":"USD","models":{"m":{"input":-1,"output":1}}}""", "'m'")]
    [InlineData("nonsense", "invalid")]
    public void OwnFile_OfAnotherForm_IsNamed(string json, string problem)
    {
        using var directory = new TempDirectory();
        var path = Path.Combine(directory.Path, "prices.json");
        File.WriteAllText(path, json);

        Assert.Contains(problem, PriceList.Problem(path), StringComparison.Ordinal);
    }
}
