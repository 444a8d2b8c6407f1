namespace Navi.Deployment.Tests.Images;

/// <summary>The tests that look at the published image, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PublishedImageGroup : ICollectionFixture<PublishedImage>
{
    public const string Name = "published image";
}
