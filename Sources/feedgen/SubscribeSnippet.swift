import Model
import Rendering

/// A form to subscribe with that can be pasted into any page: it leads to the page of `serve`, where
/// the answers are looked over and sent.
struct SubscribeSnippet {
  let text: String

  init(_ configuration: Configuration) throws {
    let site = configuration.site
    let renderer = try DoorRenderer(site: site, templates: try configuration.templates())
    text = renderer.snippet(url: configuration.server?.url ?? site.url)
  }
}
